import { Module } from '@nestjs/common';
import { SignInLimits } from './persistence/sign-in-limits';
import { GrantRole, RevokeRole } from './use-cases/change-roles';
import { InviteStaff } from './use-cases/invite-staff';
import { RequestPasswordReset } from './use-cases/request-password-reset';
import { SetPasswordByLink } from './use-cases/set-password-by-link';
import { SignIn } from './use-cases/sign-in';
import { GiveWebsiteToken, WithdrawWebsiteToken } from './use-cases/website-tokens';

const useCases = [GiveWebsiteToken, GrantRole, InviteStaff, RequestPasswordReset, RevokeRole, SetPasswordByLink, SignIn, WithdrawWebsiteToken];

/** Staff, sign-in, roles and what each may do. */
@Module({ providers: [...useCases, SignInLimits], exports: useCases })
export class AccessModule {}
