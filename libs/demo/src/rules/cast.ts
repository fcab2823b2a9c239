import type { Role } from '@app/access';
import type { Council } from '@app/authorities';

/** Somebody who works in the made-up hub. */
export interface CastMember {
  readonly role: Role;
  /** Null: for the whole hub. */
  readonly authority: Council | null;
  readonly name: string;
  readonly email: string;
  /** Whether visitors of the demonstration can sign in as them; the others are colleagues whose names appear. */
  readonly signsIn: boolean;
}

const member = (role: Role, authority: Council | null, name: string, signsIn = true): CastMember => ({
  role,
  authority,
  name,
  email: `${(signsIn ? [role, ...(authority === null ? [] : [authority])].join('.').replaceAll('_', '.') : name.toLowerCase().replace(/[^a-z]+/g, '.'))}@example.org`,
  signsIn,
});

/** Everybody who works in the made-up hub; one sign-in for each role, and for each council where the role is a council's. */
export const CAST: readonly CastMember[] = [
  member('hub_manager', null, 'Rosalind Achebe'),
  member('recruitment_officer', null, 'Tom Whitworth'),
  member('recruitment_officer', null, 'Parveen Sadiq', false),
  member('recruitment_officer', null, 'Ellie Marchbank', false),
  member('team_manager', 'derby', 'Graham Pell'),
  member('team_manager', 'derbyshire', 'Nkechi Udeh'),
  member('team_manager', 'nottingham', 'Sheila Brindley'),
  member('team_manager', 'nottinghamshire', 'Davinder Rai'),
  member('social_worker', 'derby', 'Kate Ollerton'),
  member('social_worker', 'derby', 'Jerome Fontaine', false),
  member('social_worker', 'derbyshire', 'Hannah Sugden'),
  member('social_worker', 'derbyshire', 'Mateusz Zawada', false),
  member('social_worker', 'nottingham', 'Amrit Basra'),
  member('social_worker', 'nottingham', 'Laura Tunnicliffe', false),
  member('social_worker', 'nottinghamshire', 'Bronwen Pask'),
  member('social_worker', 'nottinghamshire', 'Femi Lawal', false),
  member('analyst', null, 'Owen Castleton'),
  member('liaison_worker', 'nottinghamshire', 'Joy Mafham'),
  member('liaison_worker', 'derby', 'Ngaire Holt', false),
  member('liaison_worker', 'derbyshire', 'Peter Ashover', false),
  member('liaison_worker', 'nottingham', 'Simone Clarkson', false),
  member('panel_administrator', 'derbyshire', 'Colin Wragby'),
  member('panel_administrator', 'derby', 'Rukhsana Bell', false),
  member('panel_administrator', 'nottingham', 'Gareth Illsley', false),
  member('panel_administrator', 'nottinghamshire', 'Wendy Skegby', false),
  member('panel_member', 'derbyshire', 'Yvonne Ashmore'),
  member('panel_member', 'derbyshire', 'Leonard Tissington', false),
  member('panel_member', 'derbyshire', 'Oluchi Barlow', false),
  member('panel_member', 'derby', 'Hester Darley', false),
  member('panel_member', 'derby', 'Imran Spondon', false),
  member('panel_member', 'nottingham', 'Bridget Lenton', false),
  member('panel_member', 'nottingham', 'Delroy Aspley', false),
  member('panel_member', 'nottinghamshire', 'Frances Cuckney', false),
  member('panel_member', 'nottinghamshire', 'Stefan Warsop', false),
  member('agency_decision_maker', 'derbyshire', 'Miriam Holroyd'),
  member('agency_decision_maker', 'nottinghamshire', 'Adaeze Thorne', false),
  member('agency_decision_maker', 'derby', 'Philip Chaddesden', false),
  member('agency_decision_maker', 'nottingham', 'Marguerite Basford', false),
  member('administrator', null, 'Sanjeev Lal'),
];
