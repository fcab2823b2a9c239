import { HttpStatus, ParseUUIDPipe } from '@nestjs/common';

/** An id in an address; anything else is "not found". */
export const anId = new ParseUUIDPipe({ errorHttpStatusCode: HttpStatus.NOT_FOUND });
