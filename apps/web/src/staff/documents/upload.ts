import type { Readable } from 'node:stream';
import { Injectable, type NestMiddleware } from '@nestjs/common';
import busboy from 'busboy';
import type { NextFunction, Request, Response } from 'express';

/** A file that is on its way in: nothing of it was read yet. */
export interface IncomingUpload {
  /** As the browser said it. */
  readonly name: string;
  readonly content: Readable;
}

declare module 'express-serve-static-core' {
  interface Request {
    /** The file of a form with one; null when none was chosen. Its form is in `body` already. */
    upload?: IncomingUpload | null;
  }
}

const LIMITS = { files: 1, fields: 20, fieldNameSize: 100, fieldSize: 20_000, parts: 25, headerPairs: 20 };
/** What a refused upload may go on sending before the connection is cut: browsers show an answer only while they may send. */
const MOST_IGNORED_BYTES = 100_000_000;

/**
 * Reads a form with a file as far as its file, which has to be its last control: the fields go into `body`, so that the
 * guard can ask for the token, and not a byte of the file is taken until the route asks for it. Whatever is not asked
 * for is let pass and forgotten.
 */
@Injectable()
export class ReceiveUpload implements NestMiddleware {
  use(request: Request, response: Response, next: NextFunction): void {
    if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) {
      next();
      return;
    }
    const fields: Record<string, string> = {};
    let parser: busboy.Busboy;
    try {
      parser = busboy({ headers: request.headers, limits: LIMITS, defParamCharset: 'utf8' });
    } catch {
      request.resume();
      next(unreadable());
      return;
    }
    let handedOn = false;
    const handOn = (upload: IncomingUpload | null, problem?: Error): void => {
      if (handedOn) return;
      handedOn = true;
      request.body = fields;
      request.upload = upload;
      if (problem) next(problem);
      else next();
    };

    parser.on('field', (name, value) => { if (!handedOn && name !== '__proto__') fields[name] = value; });
    parser.on('file', (_name, content, { filename }: { filename?: string }) => {
      content.on('error', () => undefined);
      request.once('close', () => { if (!request.complete) content.destroy(new Error('The upload broke off')); });
      if (handedOn || !filename) {
        content.resume();
        handOn(null);
      } else {
        handOn({ name: unescaped(filename), content });
      }
    });
    parser.on('close', () => { handOn(null); });
    parser.on('error', () => {
      ignoreTheRest(request, parser);
      handOn(null, unreadable());
    });
    response.once('finish', () => { if (!request.complete) ignoreTheRest(request, parser); });
    request.pipe(parser);
  }
}

/** Browsers write three signs of a file's name in this way (HTML, multipart form data). */
const unescaped = (name: string): string => name.replace(/%(22|0D|0A)/gi, (_all, code: string) => String.fromCharCode(parseInt(code, 16)));

function ignoreTheRest(request: Request, parser: busboy.Busboy): void {
  request.unpipe(parser);
  let ignored = 0;
  request.on('data', (part: Buffer) => {
    ignored += part.length;
    if (ignored > MOST_IGNORED_BYTES) request.destroy();
  });
  request.resume();
}

/** A form that is no form: the failures' page says so. */
const unreadable = (): Error => Object.assign(new Error('Unreadable form'), { status: 400 });
