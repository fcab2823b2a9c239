import { Module } from '@nestjs/common';
import { SignInLimits } from './persistence/sign-in-limits';
import { SignIn } from './use-cases/sign-in';

const useCases = [SignIn];

/** Staff, sign-in, roles and what each may do. */
@Module({ providers: [...useCases, SignInLimits], exports: useCases })
export class AccessModule {}
