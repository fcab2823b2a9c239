import { CARE_KIND_NAMES, CARE_KINDS } from '@app/assessments';
import { AUTHORITY_CODES, AUTHORITY_NAMES, type Council } from '@app/authorities';
import { needOn, type NeedStated, type PlacesOffered } from '@app/carers';
import type { LocalDate } from '@app/kernel';
import { count, percent } from '../../platform/words';

const AGE_BANDS = ['0–4', '5–10', '11–15', '16–17'] as const;

/** The picture and the tables of need beside what is offered, for the authorities of which the actor may see figures. */
export function needPicture(need: readonly NeedStated[], offered: readonly PlacesOffered[], today: LocalDate) {
  const total = (code: Council, standing: PlacesOffered['standing']): PlacesOffered | undefined => offered.find((each) => each.authority === code && each.standing === standing && each.care === '');
  const rows = AUTHORITY_CODES.flatMap((code) => {
    const now = needOn(need, code, today);
    if (!now) return [];
    const [approved, coming] = [total(code, 'approved'), total(code, 'in_assessment')];
    const places = approved?.places ?? 0;
    return [{ code, name: AUTHORITY_NAMES[code], children: now.children, stated: now.households, households: approved?.households ?? 0, places, coming: coming?.households ?? 0, comingPlaces: coming?.places ?? 0, share: now.children === 0 ? null : places / now.children, perHousehold: now.households === 0 ? null : now.children / now.households }];
  });
  const most = Math.max(1, ...rows.map(({ children }) => children));
  const [neediest] = [...rows].sort((left, right) => (right.perHousehold ?? 0) - (left.perHousehold ?? 0));
  const cell = (code: Council, care: string, band: string, standing: PlacesOffered['standing'] = 'approved'): number => offered.find((each) => each.authority === code && each.standing === standing && each.care === care && each.band === band)?.places ?? 0;
  const withComing = (code: Council, care: string, band: string): string => {
    const coming = cell(code, care, band, 'in_assessment');
    return `${count(cell(code, care, band))}${coming === 0 ? '' : `+${count(coming)}`}`;
  };
  const present = rows.map(({ code }) => code);
  const scarce = CARE_KINDS.filter((care) => care !== 'named_child').flatMap((care) => AGE_BANDS.flatMap((band) => present.map((code) => ({ care, band, code, places: cell(code, care, band) })))).sort((left, right) => left.places - right.places)[0];
  return {
    finding: neediest?.perHousehold == null ? null : `${neediest.name} has the most children in care for each fostering household as published: ${neediest.perHousehold.toFixed(1)}. Recruit there first.`,
    scarcest: scarce ? `The fewest places on the register: ${CARE_KIND_NAMES[scarce.care].toLowerCase()} for ages ${scarce.band} in ${AUTHORITY_NAMES[scarce.code]} (${String(scarce.places)}).` : null,
    bars: rows.map((row) => ({ name: row.name, value: `${count(row.children)} children`, share: row.children / most, before: Math.min(1, row.places / most), of: 'service', note: `${count(row.places)}${row.comingPlaces === 0 ? '' : `+${count(row.comingPlaces)}`} places` })),
    rows: rows.map((row) => [{ text: row.name }, { text: count(row.children), numeric: true }, { text: count(row.stated), numeric: true }, { text: row.perHousehold === null ? '–' : row.perHousehold.toFixed(1), numeric: true }, { text: count(row.households), numeric: true }, { text: count(row.places), numeric: true }, { text: percent(row.share), numeric: true }, { text: count(row.coming), numeric: true }, { text: count(row.comingPlaces), numeric: true }]),
    kinds: present.map((code) => ({ name: AUTHORITY_NAMES[code], rows: CARE_KINDS.map((care) => [{ text: CARE_KIND_NAMES[care] }, ...AGE_BANDS.map((band) => ({ text: withComing(code, care, band), numeric: true })), { text: count(cell(code, care, 'unknown', 'in_assessment')), numeric: true }]) })),
    bands: AGE_BANDS,
  };
}
