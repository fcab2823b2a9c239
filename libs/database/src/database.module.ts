import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { dataSourceOptions } from './connection';
import { Transactions } from './transactions';

/** The pool of the process and the runner of transactions, for every other module. */
@Module({})
export class DatabaseModule {
  static forRoot(databaseUrl: string, poolSize?: number): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [TypeOrmModule.forRoot({ ...dataSourceOptions(databaseUrl, poolSize), retryAttempts: 2, retryDelay: 500 })],
      providers: [Transactions],
      exports: [Transactions],
    };
  }
}
