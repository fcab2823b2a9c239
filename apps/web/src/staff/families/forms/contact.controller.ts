import { AddNote, LogAttempt, LogConversation } from '@app/journeys';
import { Body, Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../../platform/access';
import { FamilyForms } from '../family-forms';
import { contactForm, type ContactKind } from './contact.form';
import { noteForm } from './note.form';

/** How a contact is logged: as an attempt, or as a conversation, message or visit that answers the family or not. */
const AS: Readonly<Record<ContactKind, 'attempt' | { readonly kind: 'conversation' | 'email' | 'visit' | 'letter'; readonly answers: boolean }>> = {
  spoke: { kind: 'conversation', answers: true },
  no_answer: 'attempt',
  left_message: 'attempt',
  wrote: { kind: 'email', answers: true },
  heard: { kind: 'email', answers: false },
  visited: { kind: 'visit', answers: true },
  letter: { kind: 'letter', answers: false },
};

const DONE: Readonly<Record<ContactKind, string>> = {
  spoke: 'The conversation is logged.',
  no_answer: 'The attempt is logged.',
  left_message: 'The attempt is logged.',
  wrote: 'Your message is logged.',
  heard: 'Their message is logged.',
  visited: 'The visit is logged.',
  letter: 'The letter is logged.',
};

/** Logging what happened with a family: calls, attempts, messages, visits, notes. */
@Controller('staff/families/:reference')
@Access('journeys.work')
export class ContactController {
  constructor(
    private readonly forms: FamilyForms,
    private readonly logAttempt: LogAttempt,
    private readonly logConversation: LogConversation,
    private readonly addNote: AddNote,
  ) {}

  @Get('contact')
  async askContact(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    await this.forms.ask(request, response, reference, contactForm);
  }

  // Logging adds and changes nothing that somebody else typed, so it never asks which version the page showed.
  @Post('contact')
  async contact(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    await this.forms.take(
      request, response, reference, contactForm, body,
      ({ actor, family }, { what, at, note, again, confidential }) => {
        const as = AS[what];
        const left = what === 'left_message' && note === '' ? 'Left a message.' : note;
        const contact = { journeyId: family.journey.id, note: left, nextContactOn: again, confidential, ...(at ? { at } : {}) };
        return as === 'attempt' ? this.logAttempt.run(actor, contact) : this.logConversation.run(actor, { ...contact, ...as });
      },
      ({ what }) => DONE[what],
    );
  }

  @Get('note')
  async askNote(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string): Promise<void> {
    await this.forms.ask(request, response, reference, noteForm);
  }

  @Post('note')
  async note(@Req() request: Request, @Res() response: Response, @Param('reference') reference: string, @Body() body: unknown): Promise<void> {
    await this.forms.take(request, response, reference, noteForm, body, ({ actor, family }, note) => this.addNote.run(actor, { journeyId: family.journey.id, ...note }), 'The note is added.');
  }
}
