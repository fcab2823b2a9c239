import { type DynamicModule, type ForwardReference, RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { ACCESS, type RouteAccess } from './access';

/** One route of the application and who may use it; `access` is null when nobody said. */
export interface DeclaredRoute {
  readonly method: string;
  readonly path: string;
  readonly handler: string;
  readonly access: readonly RouteAccess[] | null;
}

type AnyModule = Type | DynamicModule | Promise<DynamicModule> | ForwardReference;

/** Every route of a module and of all that it imports, found from the decorators alone. */
export function declaredRoutes(root: Type | DynamicModule): DeclaredRoute[] {
  return [...controllersOf(root, new Set())].flatMap(routesOf);
}

/** Thrown at start-up: a route that nobody decided about is a mistake, not an open door. */
export class UndeclaredRoutes extends Error {
  constructor(routes: readonly DeclaredRoute[]) {
    super(`These routes do not say who may use them (@Access): ${routes.map(({ method, path, handler }) => `${method} ${path} (${handler})`).join(', ')}`);
    this.name = 'UndeclaredRoutes';
  }
}

/** Throws UndeclaredRoutes unless every route of a module declares its access. */
export function assertRoutesDeclareAccess(root: Type | DynamicModule): void {
  const undeclared = declaredRoutes(root).filter(({ access }) => access === null);
  if (undeclared.length > 0) throw new UndeclaredRoutes(undeclared);
}

function controllersOf(module: AnyModule, seen: Set<unknown>): Set<Type> {
  const found = new Set<Type>();
  if (module instanceof Promise || seen.has(module)) return found;
  seen.add(module);
  const dynamic = 'module' in module ? module : null;
  const type = typeof module === 'function' ? module : (dynamic?.module ?? null);
  if (type) seen.add(type);
  const controllers = [...(dynamic?.controllers ?? []), ...metadataOf<Type>(MODULE_METADATA.CONTROLLERS, type)];
  const imports = [...(dynamic?.imports ?? []), ...metadataOf<AnyModule>(MODULE_METADATA.IMPORTS, type)];
  for (const controller of controllers) found.add(controller);
  for (const imported of imports) for (const controller of controllersOf(imported, seen)) found.add(controller);
  return found;
}

function metadataOf<Item>(key: string, type: Type | null): Item[] {
  return type ? ((Reflect.getMetadata(key, type) as Item[] | undefined) ?? []) : [];
}

function routesOf(controller: Type): DeclaredRoute[] {
  const prototype = controller.prototype as Record<string, unknown>;
  const base = pathsOf(Reflect.getMetadata(PATH_METADATA, controller));
  const ofClass = Reflect.getMetadata(ACCESS, controller) as RouteAccess[] | undefined;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const handler = name === 'constructor' ? null : prototype[name];
    if (typeof handler !== 'function') return [];
    const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
    if (method === undefined) return [];
    const access = (Reflect.getMetadata(ACCESS, handler) as RouteAccess[] | undefined) ?? ofClass ?? null;
    return base.flatMap((start) =>
      pathsOf(Reflect.getMetadata(PATH_METADATA, handler)).map((rest) => ({ method: RequestMethod[method], path: joined(start, rest), handler: `${controller.name}.${name}`, access })),
    );
  });
}

function pathsOf(path: unknown): string[] {
  return (Array.isArray(path) ? path : [path]).map((each) => (typeof each === 'string' ? each : ''));
}

function joined(start: string, rest: string): string {
  return `/${[start, rest].map((part) => part.replace(/^\/+|\/+$/g, '')).filter((part) => part !== '').join('/')}`;
}
