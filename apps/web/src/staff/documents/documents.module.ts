import { DocumentsModule } from '@app/documents';
import { type MiddlewareConsumer, Module, type NestModule, RequestMethod } from '@nestjs/common';
import { DocumentsController } from './documents.controller';
import { ReceiveUpload } from './upload';

/** The pages of families' documents. */
@Module({ imports: [DocumentsModule], controllers: [DocumentsController] })
export class DocumentPagesModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    const forms = ['staff/families/:reference/documents', 'staff/families/:reference/documents/:documentId/versions'];
    consumer.apply(ReceiveUpload).forRoutes(...forms.map((path) => ({ path, method: RequestMethod.POST })));
  }
}
