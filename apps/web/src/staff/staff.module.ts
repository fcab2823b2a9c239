import { AccessModule } from '@app/access';
import { Module } from '@nestjs/common';
import { HelpController } from './help/help.controller';
import { HomeController } from './home/home.controller';
import { PasswordController } from './sign-in/password.controller';
import { SessionController } from './sign-in/session.controller';
import { SignInController } from './sign-in/sign-in.controller';

/** The staff side. */
@Module({
  imports: [AccessModule],
  controllers: [HomeController, SignInController, PasswordController, SessionController, HelpController],
})
export class StaffModule {}
