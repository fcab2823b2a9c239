import 'reflect-metadata';
import { ACTIONS } from '@app/access';
import { SystemClock } from '@app/kernel';
import { Controller, Get, Module, Post } from '@nestjs/common';
import { Access } from '@web/platform/access';
import { assertRoutesDeclareAccess, declaredRoutes } from '@web/platform/declared-routes';
import { webModule } from '@web/web.module';
import { testSettings } from '../support/test-settings';

@Controller('decided')
class Decided {
  @Get()
  @Access('public')
  show(): string {
    return '';
  }
}

@Controller(['forgotten', 'forgotten-too'])
class Forgotten {
  @Get(':id')
  @Access('help.read')
  show(): string {
    return '';
  }

  @Post(':id')
  change(): string {
    return '';
  }
}

@Module({ controllers: [Forgotten] })
class Inner {}

@Module({ imports: [{ module: Inner, controllers: [Decided] }] })
class Outer {}

describe('every route', () => {
  const routes = declaredRoutes(webModule(testSettings('postgres://nobody@127.0.0.1:1/none'), new SystemClock()));
  const named = (which: typeof routes): string[] => which.map(({ method, path, handler }) => `${method} ${path} (${handler})`);

  it('of the application says who may use it', () => {
    expect(routes.length).toBeGreaterThan(10);
    expect(named(routes.filter(({ access }) => access === null))).toEqual([]);
  });

  it('asks for something that somebody can be allowed', () => {
    const known = [...ACTIONS, 'public', 'website enquiries:write', 'website reports:read'];
    expect(named(routes.filter(({ access }) => access?.some((each) => !known.includes(each))))).toEqual([]);
  });

  it('of the staff side is for staff, except the way in', () => {
    const wayIn = /^\/staff\/(sign-in|sign-out|forgotten-password|set-password\/:token)$/;
    expect(named(routes.filter(({ path, access }) => path.startsWith('/staff') && access?.includes('public') && !wayIn.test(path)))).toEqual([]);
  });

  it('of the API is for a website with a token, except its description', () => {
    expect(named(routes.filter(({ path, access }) => path.startsWith('/api/') && !path.endsWith('/openapi.json') && !access?.every((each) => each.startsWith('website '))))).toEqual([]);
  });

  it('is found, however deep its module, and stops the application when it says nothing', () => {
    expect(named(declaredRoutes(Outer))).toEqual(['GET /decided (Decided.show)', 'GET /forgotten/:id (Forgotten.show)', 'GET /forgotten-too/:id (Forgotten.show)', 'POST /forgotten/:id (Forgotten.change)', 'POST /forgotten-too/:id (Forgotten.change)']);
    expect(() => assertRoutesDeclareAccess(Outer)).toThrow(/@Access.*POST \/forgotten\/:id \(Forgotten\.change\), POST \/forgotten-too/);
  });
});
