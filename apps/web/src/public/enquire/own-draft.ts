import { type EnquiryConfirmation, type EnquiryDraft, EnquiryDrafts } from '@app/enquiries';
import { type Settings, SETTINGS } from '@app/settings';
import { Inject, Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { type Answers, readAnswers, type StepSlug, type TypedAnswers, typedAnswers } from './answers';
import { draftSecretOf } from './draft-cookie';

interface Unsent {
  readonly secret: string;
  readonly draft: EnquiryDraft;
  readonly typed: TypedAnswers;
}

/** How far somebody is with their enquiry; `href` is the page that is right for them. */
export type OwnDraft =
  /** Nothing has been begun. `isLost`: it had been, and its time has passed. */
  | { readonly state: 'none'; readonly href: string; readonly isLost: boolean }
  | ({ readonly state: 'open'; readonly href: string; readonly firstOpen: StepSlug } & Unsent)
  /** Every question is answered. */
  | ({ readonly state: 'ready'; readonly href: string; readonly answers: Answers } & Unsent)
  | { readonly state: 'sent'; readonly href: string; readonly confirmation: EnquiryConfirmation };

/** Finds the draft of the browser that asks. */
@Injectable()
export class OwnDrafts {
  constructor(
    private readonly drafts: EnquiryDrafts,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  async of(request: Request): Promise<OwnDraft> {
    const secret = draftSecretOf(request, this.settings.publicUrl);
    const draft = secret === null ? null : await this.drafts.read(secret);
    if (secret === null || draft === null) return { state: 'none', href: '/enquire', isLost: secret !== null };
    if (draft.confirmation) return { state: 'sent', href: '/enquire/sent', confirmation: draft.confirmation };
    const typed = typedAnswers(draft.answers);
    const read = readAnswers(typed);
    return read.ok
      ? { state: 'ready', href: '/enquire/check', answers: read.answers, secret, draft, typed }
      : { state: 'open', href: `/enquire/${read.firstOpen}`, firstOpen: read.firstOpen, secret, draft, typed };
  }
}
