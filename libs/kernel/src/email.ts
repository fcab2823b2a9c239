import { domainToASCII } from 'node:url';

const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domainLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads an email address: trimmed, the domain in lower case (and in its ASCII form), the part before the @ as it was typed.
 * Null for what mail servers do not take; quoted names, addresses without a dotted domain and IP addresses are refused too.
 */
export function parseEmail(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.length > 254) return null;
  const at = trimmed.lastIndexOf('@');
  const name = trimmed.slice(0, at);
  if (at < 1 || name.length > 64 || !localPart.test(name)) return null;
  const typedDomain = trimmed.slice(at + 1);
  if (/[\s/?#\\:@%[\]]/.test(typedDomain)) return null;
  const domain = domainToASCII(typedDomain);
  const labels = domain.split('.');
  const last = labels[labels.length - 1] ?? '';
  if (labels.length < 2 || !labels.every((label) => domainLabel.test(label)) || !/^(?:[a-z]{2,}|xn--[a-z0-9-]+)$/.test(last)) return null;
  const address = `${name}@${domain}`;
  return address.length > 254 ? null : address;
}
