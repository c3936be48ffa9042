/** One letter, written once and shown twice: as plain text and as HTML. Every value is text; none of it is ever markup. */
export interface Letter {
  subject: string;
  greeting: string;
  lead: string;
  /** A code to be typed, large. */
  code?: string;
  facts: readonly { label: string; value: string }[];
  action?: { label: string; url: string };
  notes: readonly string[];
  /** Whose letter it is: name, then address lines. */
  sender: readonly string[];
}

export interface WrittenLetter {
  subject: string;
  text: string;
  html: string;
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? '');

function asText(letter: Letter): string {
  const facts = letter.facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
  const parts = [
    letter.greeting,
    letter.lead,
    letter.code ?? '',
    facts,
    letter.action ? `${letter.action.label}: ${letter.action.url}` : '',
    ...letter.notes,
    letter.sender.join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

// Mail programs know inline styles and tables, little else; colours are the product's light ones.
const ink = '#24211d';
const soft = '#625b53';
const line = '#e6e2dc';
const accent = '#0f5f5b';
const paragraph = (text: string, style = ''): string =>
  `<p style="margin:0 0 16px;${style}">${escape(text)}</p>`;

function asHtml(letter: Letter): string {
  const rows = letter.facts.map(
    ({ label, value }) =>
      `<tr><td style="padding:6px 16px 6px 0;color:${soft};vertical-align:top;white-space:nowrap">${escape(label)}</td>` +
      `<td style="padding:6px 0;vertical-align:top">${escape(value)}</td></tr>`,
  );
  const body = [
    paragraph(letter.greeting),
    paragraph(letter.lead),
    letter.code === undefined
      ? ''
      : paragraph(letter.code, 'font-size:32px;line-height:40px;font-weight:600;letter-spacing:6px'),
    rows.length === 0
      ? ''
      : `<table role="presentation" style="border-collapse:collapse;margin:0 0 20px">${rows.join('')}</table>`,
    letter.action === undefined
      ? ''
      : `<p style="margin:0 0 20px"><a href="${escape(letter.action.url)}" style="display:inline-block;padding:10px 18px;border-radius:8px;background:${accent};color:#ffffff;text-decoration:none">${escape(letter.action.label)}</a></p>`,
    ...letter.notes.map((note) => paragraph(note, `color:${soft}`)),
    `<p style="margin:24px 0 0;padding-top:16px;border-top:1px solid ${line};color:${soft};font-size:13px;line-height:20px">${letter.sender.map(escape).join('<br>')}</p>`,
  ];
  return (
    '<!doctype html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light"></head>' +
    `<body style="margin:0;padding:24px;background:#ffffff;color:${ink};font:15px/24px system-ui,sans-serif"><div style="max-width:560px;margin:0 auto">${body.join('')}</div></body></html>`
  );
}

export const write = (letter: Letter): WrittenLetter => ({
  subject: letter.subject.replace(/\s+/g, ' ').trim(),
  text: asText(letter),
  html: asHtml(letter),
});
