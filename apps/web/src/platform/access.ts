import type { Action, WebsiteScope } from '@app/access';
import { SetMetadata } from '@nestjs/common';

/** Who may use a route: everybody, a website with a token, or staff who may do the action. */
export type RouteAccess = 'public' | `website ${WebsiteScope}` | Action;

/** The key under which a route's declaration is kept. */
export const ACCESS = 'hub:access';

/**
 * Declares who may use a route, on a method or on its class. Several actions: whoever may do one of them. A route
 * without a declaration keeps the application from starting.
 */
export const Access = (...access: [RouteAccess, ...RouteAccess[]]): MethodDecorator & ClassDecorator => SetMetadata(ACCESS, access);
