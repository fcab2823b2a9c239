import type { Response } from 'express';
import type { FormValues } from '../../platform/forms';
import { page, UNPROCESSABLE } from '../../platform/page';
import type { FormError } from '../../platform/words';
import type { Control } from '../assessments/controls';

/** A form of a page of its own, written as data: about a household on the register or a constellation. */
export interface RecordForm {
  readonly title: string;
  /** What it is about, with the page to go back to. */
  readonly about: { readonly text: string; readonly href: string };
  readonly address: string;
  readonly button: string;
  readonly controls: readonly Control[];
  readonly version: number | null;
  readonly values: FormValues;
  readonly errors: readonly FormError[];
}

/** Answers with the page of a form. */
export async function showRecordForm(response: Response, form: RecordForm): Promise<void> {
  const { title, errors, values, controls, ...rest } = form;
  await page(response, 'staff/carers/record-form', { title, errors, values, form: { ...rest, choices: { controls } } }, errors.length > 0 ? UNPROCESSABLE : 200);
}

/** The version that a posted form counts on, if it says one. */
export function versionOf(values: FormValues): { readonly version?: number } {
  const version = Number(values.version);
  return Number.isInteger(version) && version > 0 ? { version } : {};
}
