import { daysBetween, localDate } from '@app/kernel';
import type { Cell, Sheet, Workbook } from './workbook';
import { linesOf, rowLines, xml } from './workbook';
import { zip } from './zip';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The numbers of the formats in `styles.xml`, in its order. */
const STYLES = { plain: 0, heading: 1, wrapped: 2, date: 3, number0: 4, number1: 5, number2: 6, share0: 7, share1: 8 } as const;

const STYLE_SHEET = `${DECLARATION}<styleSheet xmlns="${MAIN}">
<numFmts count="3"><numFmt numFmtId="164" formatCode="d\\ mmm\\ yyyy"/><numFmt numFmtId="165" formatCode="#,##0.0"/><numFmt numFmtId="166" formatCode="0.0%"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Arial"/><family val="2"/></font><font><b/><sz val="11"/><name val="Arial"/><family val="2"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left/><right/><top/><bottom style="thin"><color auto="1"/></bottom><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="9">
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="49" fontId="1" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1"><alignment vertical="bottom" wrapText="1"/></xf>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="9" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top"/></xf>
</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>`;

/** The day that Excel counts from so that 1 March 1900 is 61, as it does. */
const EXCEL_DAY_0 = localDate('1899-12-30');

/** A workbook as Office Open XML (ECMA-376): the first row of each sheet stays in sight, text is text whatever it begins with. */
export function xlsxFile({ title, sheets }: Workbook): Buffer {
  const numbered = sheets.map((sheet, index) => ({ sheet, number: index + 1 }));
  return zip([
    {
      name: '[Content_Types].xml',
      content: `${DECLARATION}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/>${numbered.map(({ number }) => `<Override PartName="/xl/worksheets/sheet${String(number)}.xml" ContentType="${TYPES}.worksheet+xml"/>`).join('')}<Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      content: `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`,
    },
    { name: 'docProps/core.xml', content: `${DECLARATION}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xml(title)}</dc:title><dc:creator>Foster for East Midlands</dc:creator><dc:language>en-GB</dc:language></cp:coreProperties>` },
    {
      name: 'xl/workbook.xml',
      content: `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${numbered.map(({ sheet, number }) => `<sheet name="${xml(sheet.name)}" sheetId="${String(number)}" r:id="rId${String(number)}"/>`).join('')}</sheets><definedNames>${numbered.map(({ sheet, number }) => `<definedName name="_xlnm.Print_Titles" localSheetId="${String(number - 1)}">${xml(quotedName(sheet.name))}!$1:$1</definedName>`).join('')}</definedNames></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${numbered.map(({ number }) => `<Relationship Id="rId${String(number)}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${String(number)}.xml"/>`).join('')}<Relationship Id="rId${String(sheets.length + 1)}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    },
    { name: 'xl/styles.xml', content: STYLE_SHEET },
    ...numbered.map(({ sheet, number }) => ({ name: `xl/worksheets/sheet${String(number)}.xml`, content: worksheet(sheet, number === 1) })),
  ]);
}

function quotedName(name: string): string {
  return `'${name.replaceAll("'", "''")}'`;
}

function worksheet({ columns, rows }: Sheet, first: boolean): string {
  const widths = columns.map(({ width }, index) => `<col min="${String(index + 1)}" max="${String(index + 1)}" width="${String(width)}" customWidth="1"/>`).join('');
  const heading = line(1, columns.map((column): [Cell, number] => [{ kind: 'text', text: column.heading }, STYLES.heading]), Math.max(1, ...columns.map((column) => linesOf(column.heading, column.width, true))));
  const body = rows.map((row, index) => {
    const lines = rowLines(row, columns);
    return line(index + 2, row.map((cell, at): [Cell, number] => [cell, (lines[at] ?? 1) > 1 ? STYLES.wrapped : styleOf(cell)]), Math.max(1, ...lines));
  });
  return `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"${first ? ' tabSelected="1"' : ''}><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData>${heading}${body.join('')}</sheetData><pageMargins left="0.5" right="0.5" top="0.5" bottom="0.5" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/></worksheet>`;
}

/** Of a line of Arial 11, in points. */
const LINE_HEIGHT = 14.5;
/** The greatest that the format takes. */
const GREATEST_HEIGHT = 409;

/** LibreOffice gives a row without a height one line, whatever its cells hold. */
function line(number: number, cells: readonly (readonly [Cell, number])[], lines: number): string {
  const height = lines === 1 ? '' : ` ht="${String(Math.min(lines * LINE_HEIGHT, GREATEST_HEIGHT))}" customHeight="1"`;
  return `<row r="${String(number)}"${height}>${cells.map(([cell, style], index) => written(cell, `${columnName(index)}${String(number)}`, style)).join('')}</row>`;
}

function written(cell: Cell, place: string, style: number): string {
  switch (cell.kind) {
    case 'empty':
      return '';
    case 'text':
      return `<c r="${place}" s="${String(style)}" t="inlineStr"><is><t xml:space="preserve">${xml(cell.text)}</t></is></c>`;
    case 'number':
    case 'share':
      return `<c r="${place}" s="${String(style)}"><v>${String(cell.value)}</v></c>`;
    case 'date':
      return `<c r="${place}" s="${String(style)}"><v>${String(daysBetween(EXCEL_DAY_0, cell.on))}</v></c>`;
  }
}

function styleOf(cell: Cell): number {
  if (cell.kind === 'date') return STYLES.date;
  if (cell.kind === 'share') return (cell.decimals ?? 1) === 0 ? STYLES.share0 : STYLES.share1;
  if (cell.kind === 'number') return { 0: STYLES.number0, 1: STYLES.number1 }[cell.decimals ?? 0] ?? STYLES.number2;
  return STYLES.plain;
}

/** 0 is A, 25 is Z, 26 is AA. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${columnName(Math.floor(index / 26) - 1)}${letter}`;
}
