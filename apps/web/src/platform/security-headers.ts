import type { Settings } from '@app/settings';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Everything a page loads comes from here, nothing is inline, nobody may put it into a frame. Over plain http there is
 * no upgrade and no HSTS, which would lock a browser out of a hub that is tried on one machine.
 */
export function securityHeaders(settings: Settings): RequestHandler {
  const https = settings.publicUrl.startsWith('https:');
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    // Our own forms say where they come from; other sites are told nothing.
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
    crossOriginOpenerPolicy: https ? { policy: 'same-origin' } : false,
    originAgentCluster: https,
  });
}
