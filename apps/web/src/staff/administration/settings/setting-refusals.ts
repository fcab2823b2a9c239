import type { SettingRefusal } from '@app/authorities';
import type { FormError } from '../../../platform/words';

const WORDS: Readonly<Record<SettingRefusal, string>> = {
  not_before_today: 'Choose today or a later date: what held before is history, and deadlines were computed by it',
  already_set_from_that_date: 'There is one from that date already. Choose another date',
  not_a_closure_day: 'That day is no closure day',
  in_the_past: 'Choose today or a later date',
  first_response_in_working_days: 'The first response counts working days: choose working days',
};

/** Why a setting was not taken, beside the field that has to change. */
export const settingRefusal = (refusal: SettingRefusal, field: string): FormError => ({ field, text: WORDS[refusal] });
