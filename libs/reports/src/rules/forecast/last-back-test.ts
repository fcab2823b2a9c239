import type { BackTest } from './back-test';

/** What a whole back-test found, and by what it is known that it was this forecast which was tested. */
export interface KeptBackTest extends BackTest {
  readonly draws: number;
  /** What the first simulated hubs were told to expect, with few draws: another forecast says otherwise, and has to be tested anew. */
  readonly expectedOfTheFirst: readonly number[];
}

/** With so many draws the first hubs are asked, so that the tests can ask again. */
export const DRAWS_OF_THE_FIRST = 120;

/** The last back-test of a thousand hubs. Written by `npm run bench -- forecast --write`. */
export const LAST_BACK_TEST: KeptBackTest = {
  hubs: 1000,
  draws: 1000,
  held80: 0.842,
  held95: 0.966,
  medianError: 0.064,
  medianBias: 0.006,
  expectedOfTheFirst: [78.333333, 29.633333, 148.116667, 89.9],
};
