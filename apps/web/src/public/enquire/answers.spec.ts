import fc from 'fast-check';
import { placeOf, readAnswers, STEPS, stepOf, type TypedAnswers } from './answers';
import { answersInWords } from './check/check-answers';
import { contactStep } from './contact/contact.form';
import { interestsStep } from './interests/interests.form';
import { LONGEST_MESSAGE, messageStep } from './message/message.form';
import { nameStep } from './name/name.form';
import { postcodeStep } from './postcode/postcode.form';
import { sourceStep } from './source/source.form';
import { readStep, type Step, type Typed, typedInto } from './step';

const wholeForm: TypedAnswers = {
  name: { firstName: '  Priya ', lastName: 'Shah', partnerFirstName: 'Tom', partnerLastName: 'Reed' },
  contact: { phone: '0115 496 0123', email: 'priya@Example.ORG', preferredContact: 'phone', bestTime: 'after 3pm' },
  postcode: { postcode: 'de1 3ae' },
  'spare-room': { spareRoom: 'yes' },
  'fostering-now': { fostersNow: 'no' },
  interests: { interests: ['teenagers', 'short_term'] },
  source: {},
  message: { message: 'We have a dog.\r\nIs that all right?' },
  consent: {},
};

const errorsOf = (step: Step, typed: Typed): readonly string[] => {
  const read = readStep(step, typed);
  return read.ok ? [] : read.errors.map(({ field, text }) => `${field}: ${text}`);
};

describe('the enquiry form', () => {
  it('reads a whole form into typed answers', () => {
    const read = readAnswers(wholeForm);
    expect(read).toMatchObject({
      ok: true,
      answers: {
        name: { firstName: 'Priya', lastName: 'Shah', partner: { firstName: 'Tom', lastName: 'Reed' } },
        contact: { phone: '+441154960123', email: 'priya@example.org', preferredContact: 'phone', bestTime: 'after 3pm' },
        postcode: { postcode: 'DE1 3AE', askedForAuthority: null },
        interests: { interests: ['short_term', 'teenagers'] },
        source: { source: null, sourceMore: null },
        message: { message: 'We have a dog.\nIs that all right?' },
        consent: { marketingConsent: false },
      },
    });
  });

  it('says which question is open first', () => {
    expect(readAnswers({})).toEqual({ ok: false, firstOpen: 'name' });
    const { interests: _, ...withoutInterests } = wholeForm;
    expect(readAnswers(withoutInterests)).toEqual({ ok: false, firstOpen: 'interests' });
    expect(readAnswers({ ...wholeForm, postcode: { postcode: 'nonsense' } })).toEqual({ ok: false, firstOpen: 'postcode' });
  });

  it('tells every answer in words, with the way back to its question', () => {
    const read = readAnswers(wholeForm);
    if (!read.ok) throw new Error(read.firstOpen);
    const told = new Map(answersInWords(read.answers).map(({ key, value }) => [key, value]));
    expect(told.get('Telephone')).toBe('0115 496 0123');
    expect(told.get('You would foster with')).toBe('Tom Reed');
    expect(told.get('What interests you')).toBe('Short term, Teenagers');
    expect(told.get('How you heard about us')).toBeNull();
    expect(answersInWords(read.answers).every(({ changeHref }) => stepOf(changeHref.replace('/enquire/', '').replace('?from=check', '')) !== null)).toBe(true);
  });

  it('knows the order of its questions', () => {
    expect(placeOf(STEPS[0])).toEqual({ number: 1, of: 9, before: null, after: 'contact' });
    expect(placeOf(STEPS[8])).toEqual({ number: 9, of: 9, before: 'message', after: null });
    expect(stepOf('constructor')).toBeNull();
  });

  it('never throws, whatever is sent, and keeps only its own controls', () => {
    const sent = fc.dictionary(fc.constantFrom('firstName', 'phone', 'email', 'interests', 'message', '__proto__', 'other'), fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.string()), fc.constant(undefined), fc.object()));
    fc.assert(
      fc.property(fc.constantFrom(...STEPS), sent, (step, body) => {
        const typed = typedInto(step, body);
        expect(Object.keys(typed).every((control) => (step.controls as readonly string[]).includes(control))).toBe(true);
        const read = readStep(step as Step, typed);
        if (!read.ok) expect(read.errors.every(({ field, text }) => (step.controls as readonly string[]).includes(field) && text !== '')).toBe(true);
        else expect(JSON.stringify(read.answer)).not.toContain('\\u0000');
      }),
    );
  });
});

describe('a name', () => {
  it('needs a first name, of oneself and of a partner', () => {
    expect(errorsOf(nameStep, {})).toEqual(['firstName: Enter your first name']);
    expect(errorsOf(nameStep, { firstName: 'Cher' })).toEqual([]);
    expect(errorsOf(nameStep, { firstName: 'Priya', partnerLastName: 'Reed' })).toEqual(['partnerFirstName: Enter the first name of the person you would foster with']);
    expect(errorsOf(nameStep, { firstName: 'P'.repeat(101) })).toEqual(['firstName: First name must be 100 characters or fewer']);
  });

  it('takes names of every kind', () => {
    for (const firstName of ['Zoë', 'Nguyễn Thị', "O'Brien", 'Łukasz', '李', 'Anne-Marie']) expect(errorsOf(nameStep, { firstName })).toEqual([]);
  });
});

describe('how to reach somebody', () => {
  it('takes a telephone number or an email address', () => {
    expect(errorsOf(contactStep, { phone: '07700 900123' })).toEqual([]);
    expect(errorsOf(contactStep, { email: 'name@example.org' })).toEqual([]);
    expect(errorsOf(contactStep, {})).toEqual(['phone: Enter a telephone number or an email address, so that we can answer you']);
  });

  it('names every mistake beside its box', () => {
    expect(errorsOf(contactStep, { phone: '12', email: 'name@' })).toEqual([
      'phone: Enter a telephone number, like 0115 496 0123 or 07700 900 123',
      'email: Enter an email address in the right format, like name@example.org',
    ]);
  });

  it('asks for what the preferred way needs', () => {
    expect(errorsOf(contactStep, { email: 'name@example.org', preferredContact: 'phone' })).toEqual(['phone: Enter a telephone number, because you would like us to ring you']);
    expect(errorsOf(contactStep, { email: 'name@example.org', preferredContact: 'text' })).toEqual(['phone: Enter a telephone number, because you would like a text message']);
    expect(errorsOf(contactStep, { phone: '07700 900123', preferredContact: 'email' })).toEqual(['email: Enter an email address, because you would like an email']);
  });
});

describe('where somebody lives', () => {
  it('takes a postcode in any case and spacing, or a council instead', () => {
    expect(readStep(postcodeStep, { postcode: ' ng11aa ' })).toMatchObject({ ok: true, answer: { postcode: 'NG1 1AA', askedForAuthority: null } });
    expect(readStep(postcodeStep, { askedForAuthority: 'derby' })).toMatchObject({ ok: true, answer: { postcode: null, askedForAuthority: 'derby' } });
    expect(errorsOf(postcodeStep, {})).toEqual(['postcode: Enter your postcode, or choose a council below']);
    expect(errorsOf(postcodeStep, { postcode: 'DE1' })).toEqual(['postcode: Enter a full postcode, like DE1 3AE']);
  });
});

describe('the questions with choices', () => {
  it('refuse what is not a choice', () => {
    expect(errorsOf(STEPS[3], { spareRoom: 'perhaps' })).toEqual(['spareRoom: Select yes, no or not sure']);
    expect(errorsOf(interestsStep, { interests: 'nothing' })).toEqual(['interests: Select the kinds of fostering that interest you, or “I am not sure yet”']);
  });

  it('keep the words on another source only with "another way"', () => {
    expect(readStep(sourceStep, { source: 'other', sourceMore: 'A bench' })).toMatchObject({ answer: { source: 'other', sourceMore: 'A bench' } });
    expect(readStep(sourceStep, { source: 'event', sourceMore: 'A bench' })).toMatchObject({ answer: { source: 'event', sourceMore: null } });
  });
});

test('a message may be long, but not longer than the page says', () => {
  expect(errorsOf(messageStep, { message: 'a'.repeat(LONGEST_MESSAGE) })).toEqual([]);
  expect(errorsOf(messageStep, { message: 'a'.repeat(LONGEST_MESSAGE + 1) })).toEqual(['message: What you write must be 2,000 characters or fewer']);
});
