import type { Cell, Column, Sheet, Workbook } from './workbook';
import { rowLines, xml } from './workbook';
import { zip } from './zip';

const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMES = ['office', 'table', 'text', 'style', 'number', 'fo', 'meta', 'config']
  .map((name) => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${{ fo: 'xsl-fo-compatible', number: 'datastyle' }[name] ?? name}:1.0"`)
  .join(' ');
const SPREADSHEET = 'application/vnd.oasis.opendocument.spreadsheet';

const DATE_STYLE = '<number:date-style style:name="NDate"><number:day/><number:text> </number:text><number:month number:textual="true"/><number:text> </number:text><number:year number:style="long"/></number:date-style>';
const numberStyle = (decimals: number): string => `<number:number-style style:name="N${String(decimals)}"><number:number number:decimal-places="${String(decimals)}" number:min-decimal-places="${String(decimals)}" number:min-integer-digits="1" number:grouping="true"/></number:number-style>`;
const shareStyle = (decimals: number): string => `<number:percentage-style style:name="NP${String(decimals)}"><number:number number:decimal-places="${String(decimals)}" number:min-decimal-places="${String(decimals)}" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>`;
const cellStyle = (name: string, format: string): string => `<style:style style:name="${name}" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="${format}"/>`;

/** Every sheet prints on landscape A4, as many columns as it has on one page. */
const PAGES = `<office:automatic-styles><style:page-layout style:name="PLandscape"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape" fo:margin="1.2cm" style:scale-to-X="1" style:scale-to-Y="0"/></style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Landscape" style:page-layout-name="PLandscape"/></office:master-styles>`;
const TABLE_STYLE = '<style:style style:name="TLandscape" style:family="table" style:master-page-name="Landscape"><style:table-properties table:display="true"/></style:style>';

/** A workbook as OpenDocument 1.3, the format in which government publishes sheets; the first row of each stays in sight. */
export function odsFile({ title, sheets }: Workbook): Buffer {
  return zip([
    { name: 'mimetype', content: SPREADSHEET, stored: true },
    {
      name: 'META-INF/manifest.xml',
      content: `${DECLARATION}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="${SPREADSHEET}"/>${['content', 'styles', 'meta', 'settings'].map((name) => `<manifest:file-entry manifest:full-path="${name}.xml" manifest:media-type="text/xml"/>`).join('')}</manifest:manifest>`,
    },
    { name: 'meta.xml', content: `${DECLARATION}<office:document-meta ${NAMES} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:meta><dc:title>${xml(title)}</dc:title><dc:language>en-GB</dc:language></office:meta></office:document-meta>` },
    {
      name: 'styles.xml',
      content: `${DECLARATION}<office:document-styles ${NAMES} office:version="1.3"><office:styles><style:style style:name="Default" style:family="table-cell"><style:table-cell-properties style:vertical-align="top"/><style:text-properties style:font-name="Arial" fo:font-family="Arial" fo:font-size="11pt" fo:language="en" fo:country="GB"/></style:style></office:styles>${PAGES}</office:document-styles>`,
    },
    { name: 'settings.xml', content: settings(sheets) },
    { name: 'content.xml', content: content(sheets) },
  ]);
}

/** OpenDocument keeps frozen rows among the settings of the view, as the applications write it. */
function settings(sheets: readonly Sheet[]): string {
  const item = (name: string, type: string, value: string): string => `<config:config-item config:name="${name}" config:type="${type}">${value}</config:config-item>`;
  const frozen = sheets.map(({ name }) => `<config:config-item-map-entry config:name="${xml(name)}">${item('VerticalSplitMode', 'short', '2')}${item('VerticalSplitPosition', 'int', '1')}${item('ActiveSplitRange', 'short', '2')}${item('PositionTop', 'int', '0')}${item('PositionBottom', 'int', '1')}</config:config-item-map-entry>`).join('');
  return `${DECLARATION}<office:document-settings ${NAMES} xmlns:ooo="http://openoffice.org/2004/office" office:version="1.3"><office:settings><config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>${item('ViewId', 'string', 'view1')}<config:config-item-map-named config:name="Tables">${frozen}</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings></office:document-settings>`;
}

function content(sheets: readonly Sheet[]): string {
  const widths = [...new Set(sheets.flatMap(({ columns }) => columns.map(({ width }) => width)))];
  const columnStyles = widths.map((width) => `<style:style style:name="W${String(width)}" style:family="table-column"><style:table-column-properties style:column-width="${(width * 0.21).toFixed(2)}cm"/></style:style>`).join('');
  const styles = `${DATE_STYLE}${[0, 1, 2].map(numberStyle).join('')}${[0, 1].map(shareStyle).join('')}${cellStyle('CDate', 'NDate')}${[0, 1, 2].map((decimals) => cellStyle(`C${String(decimals)}`, `N${String(decimals)}`)).join('')}${[0, 1].map((decimals) => cellStyle(`CP${String(decimals)}`, `NP${String(decimals)}`)).join('')}<style:style style:name="CHead" style:family="table-cell" style:parent-style-name="Default"><style:table-cell-properties fo:wrap-option="wrap" fo:border-bottom="0.5pt solid #000000"/><style:text-properties fo:font-weight="bold"/></style:style><style:style style:name="CWrap" style:family="table-cell" style:parent-style-name="Default"><style:table-cell-properties fo:wrap-option="wrap"/></style:style>`;
  return `${DECLARATION}<office:document-content ${NAMES} office:version="1.3"><office:automatic-styles>${TABLE_STYLE}${columnStyles}${styles}</office:automatic-styles><office:body><office:spreadsheet>${sheets.map(table).join('')}</office:spreadsheet></office:body></office:document-content>`;
}

function table({ name, columns, rows }: Sheet): string {
  const heading = columns.map((column) => textCell(column.heading, 'CHead')).join('');
  return `<table:table table:name="${xml(name)}" table:style-name="TLandscape">${columns.map(({ width }) => `<table:table-column table:style-name="W${String(width)}"/>`).join('')}<table:table-header-rows><table:table-row>${heading}</table:table-row></table:table-header-rows>${rows.map((row) => tableRow(row, columns)).join('')}</table:table>`;
}

function tableRow(row: readonly Cell[], columns: readonly Column[]): string {
  const lines = rowLines(row, columns);
  return `<table:table-row>${row.map((cell, at) => written(cell, (lines[at] ?? 1) > 1)).join('')}</table:table-row>`;
}

function written(cell: Cell, wrapped: boolean): string {
  switch (cell.kind) {
    case 'empty':
      return '<table:table-cell/>';
    case 'text':
      return textCell(cell.text, wrapped ? 'CWrap' : 'Default');
    case 'number':
      return `<table:table-cell table:style-name="C${String(Math.min(cell.decimals ?? 0, 2))}" office:value-type="float" office:value="${String(cell.value)}"/>`;
    case 'share':
      return `<table:table-cell table:style-name="CP${String(Math.min(cell.decimals ?? 1, 1))}" office:value-type="percentage" office:value="${String(cell.value)}"/>`;
    case 'date':
      return `<table:table-cell table:style-name="CDate" office:value-type="date" office:date-value="${cell.on}"/>`;
  }
}

/** Line breaks are paragraphs; more than one space in a row is said with `text:s`, or readers join them. */
function textCell(words: string, style: string): string {
  const paragraphs = words.split(/\r\n|\r|\n/).map((line) => `<text:p>${xml(line).replace(/ {2,}/g, (spaces) => ` <text:s text:c="${String(spaces.length - 1)}"/>`)}</text:p>`);
  return `<table:table-cell table:style-name="${style}" office:value-type="string">${paragraphs.join('')}</table:table-cell>`;
}
