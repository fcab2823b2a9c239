import { may, type StaffActor } from '@app/access';
import { type AssessmentFile, type Panel, REPORT_SECTIONS, type SeatedMember } from '@app/assessments';
import { AUTHORITY_NAMES } from '@app/authorities';
import type { FamilyPage } from '@app/journeys';
import { dateInWords, momentInWords } from '@app/kernel';
import type { shownDocuments } from '../documents/documents.presenter';
import { panelCasePath, panelPath } from '../paths';

/** A case as a panel reads it: the report and what the applicants say to it, the papers; never the evidence behind it. */
export function shownCase(actor: StaffActor, panel: Panel, { name, journey: { reference } }: FamilyPage, { assessment, sections, comments }: AssessmentFile, members: readonly SeatedMember[], documents: ReturnType<typeof shownDocuments>) {
  const { applicationOn, stage1DecidedOn, stage2EndedOn, briefReport } = assessment;
  const open = panel.cancelledAt === null && panel.minutesAgreedOn === null;
  return {
    title: name,
    caption: `${reference}, ${AUTHORITY_NAMES[panel.authority]}`,
    back: panelPath(panel.id),
    // Whoever works with the files of the council is told of by the panel administrator.
    conflictAddress: open && !may(actor, 'assessments.read', panel.authority) && members.some(({ staffId }) => staffId === actor.staffId) ? `${panelCasePath(panel.id, reference)}/conflict` : null,
    facts: [
      { key: 'Application', value: dateInWords(applicationOn) },
      { key: 'Stage 1 passed', value: stage1DecidedOn && dateInWords(stage1DecidedOn) },
      { key: briefReport ? 'Brief report finished' : 'Report finished', value: stage2EndedOn && dateInWords(stage2EndedOn) },
    ],
    documents: documents.map(({ title, tags, versions: [newest] }) => ({ title, tags: tags.filter(({ tone }) => tone === 'private'), href: newest?.href ?? null, what: newest?.what ?? '', scan: newest?.scan ?? null })),
    sections: REPORT_SECTIONS.flatMap((section) => sections.filter(({ code, body }) => code === section.code && body !== '').map(({ body }) => ({ name: section.name, body }))),
    comments: comments.map(({ applicantName, body, madeAt }) => ({ title: applicantName, when: momentInWords(madeAt), body })),
  };
}
