/** One mark of a drawing. Colours and type come from the style sheet, by class. */
export type Mark =
  | { readonly kind: 'rect'; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly of: string }
  | { readonly kind: 'path'; readonly d: string; readonly of: string }
  | { readonly kind: 'line'; readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number; readonly of: string }
  | { readonly kind: 'circle'; readonly x: number; readonly y: number; readonly radius: number; readonly of: string }
  | { readonly kind: 'text'; readonly x: number; readonly y: number; readonly text: string; readonly anchor: 'start' | 'middle' | 'end'; readonly of: string };

/** A drawing as plain marks, in the units of its own view box. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

/**
 * The same chart drawn for a desk and for a telephone: a drawing that only shrinks would have letters that nobody
 * can read. The style sheet shows the one that fits.
 */
export interface Drawing {
  /** What the drawing shows, for who cannot see it. */
  readonly label: string;
  readonly wide: Scene;
  readonly narrow: Scene;
}

const WIDE = 800;
const NARROW = 340;

/** Draws a chart at both widths. */
export function drawing(label: string, draw: (width: number, narrow: boolean) => Scene): Drawing {
  return { label, wide: draw(WIDE, false), narrow: draw(NARROW, true) };
}

/** A text mark. */
export function words(x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end', of = 'label'): Mark {
  return { kind: 'text', x, y, text, anchor, of };
}
