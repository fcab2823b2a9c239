import { dateInWords, type LocalDate } from '@app/kernel';
import type { Milestone } from './milestones';

/** What an assessment file says, as far as a correction of its journey may not contradict it. Dates are local. */
export interface FileDates {
  /** The last information of stage 1 was in. */
  readonly informationOn: LocalDate | null;
  readonly refusedOn: LocalDate | null;
  /** The letter on the outcome of stage 1 went out. */
  readonly letterSentOn: LocalDate | null;
  readonly reportBegun: boolean;
  readonly reportFinishedOn: LocalDate | null;
  /** The first panel that considered the family. */
  readonly panelOn: LocalDate | null;
  /** The decision maker had the recommendation and the minutes. */
  readonly receivedOn: LocalDate | null;
  readonly determinedOn: LocalDate | null;
  /** The family was first told of the approval. */
  readonly toldOn: LocalDate | null;
  readonly registered: boolean;
}

/** Why a milestone cannot be corrected as asked: its file would say something else. */
export interface FileSays {
  readonly kind: 'file_says';
  readonly what: 'there_is_one' | 'information' | 'refused' | 'letter' | 'report_begun' | 'report_finished' | 'panel' | 'received' | 'determined' | 'told' | 'registered';
  readonly on: LocalDate | null;
}

/** Everything in a file that a corrected milestone (null: it never happened) would contradict. What does not contradict it follows. */
export function fileBlockers(file: FileDates | null, milestone: Milestone, to: LocalDate | null): readonly FileSays[] {
  if (!file) return [];
  const says = (what: FileSays['what'], on: LocalDate | null, contradicts: boolean): readonly FileSays[] => (contradicts ? [{ kind: 'file_says', what, on }] : []);
  const notAfter = (what: FileSays['what'], on: LocalDate | null): readonly FileSays[] => says(what, on, on !== null && (to === null || to > on));
  const notBefore = (what: FileSays['what'], on: LocalDate | null): readonly FileSays[] => says(what, on, on !== null && to !== null && to < on);
  switch (milestone) {
    case 'application':
      return [...says('there_is_one', null, to === null), ...(to === null ? [] : [...notAfter('information', file.informationOn), ...notAfter('refused', file.refusedOn)])];
    case 'stage_1':
      return [...says('refused', file.refusedOn, file.refusedOn !== null), ...notAfter('letter', file.letterSentOn), ...says('report_finished', file.reportFinishedOn, to === null && file.reportFinishedOn !== null)];
    case 'stage_2':
      return [...says('report_begun', null, to === null && file.reportBegun), ...notAfter('report_finished', file.reportFinishedOn)];
    case 'panel':
      return says('panel', file.panelOn, file.panelOn !== null && to !== file.panelOn);
    case 'approved':
      return [...notBefore('received', file.receivedOn), ...notBefore('determined', file.determinedOn), ...notAfter('told', file.toldOn), ...says('registered', null, file.registered)];
    default:
      return [];
  }
}

/** What the file says, as a sentence that tells where to put it right. */
export function fileSaysInWords({ what, on }: FileSays): string {
  const day = on === null ? '' : dateInWords(on);
  switch (what) {
    case 'there_is_one':
      return 'The assessment file is open: an application there was. Enter the day on which it was received.';
    case 'information':
      return `The assessment file says that the last information of stage 1 was in on ${day}: the application was not later. If a check’s day is wrong, do that check again there.`;
    case 'refused':
      return `The assessment file says that stage 1 was refused on ${day}.`;
    case 'letter':
      return `The assessment file says that the letter on stage 1 went out on ${day}: the decision was not later. Record the right day of the letter there first.`;
    case 'report_begun':
      return 'The report is begun in the assessment file: stage 2 did begin. Enter the day.';
    case 'report_finished':
      return `The assessment file says that the report was finished on ${day}. If that is wrong, take the report up again there first.`;
    case 'panel':
      return `The assessment file says that the panel of ${day} considered this family: that is the day.`;
    case 'received':
      return `The recommendation and the minutes were received on ${day}: the decision was not earlier.`;
    case 'determined':
      return `The qualifying determination was made on ${day}: the approval was not earlier.`;
    case 'told':
      return `The family was told on ${day}: the decision was not later. Record the right day of telling them in the assessment file first.`;
    case 'registered':
      return 'The household is on the register of approved carers: its terms and its first review count from this day.';
  }
}
