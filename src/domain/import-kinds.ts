/** What an old system's export may hold, field by field, and the names such columns go by. */
export const importKinds = [
  'services',
  'products',
  'staff',
  'clients',
  'bookings',
  'cancellations',
  'no_shows',
  'receipts',
] as const;
export type ImportKind = (typeof importKinds)[number];

export type FieldType = 'code' | 'text' | 'date' | 'time' | 'decimal' | 'flag' | 'minutes' | 'days';

export interface ImportField {
  name: string;
  type: FieldType;
  required?: true;
  /** Column names it is recognised by: lower case, letters and digits only. */
  aliases: readonly string[];
}

const client: ImportField = {
  name: 'clientCode',
  type: 'code',
  aliases: [
    'clientcode',
    'client',
    'customer',
    'customercode',
    'guest',
    'code',
    'клиент',
    'кодклиента',
    'kunde',
  ],
};
const staff: ImportField = {
  name: 'staff',
  type: 'code',
  required: true,
  aliases: [
    'staff',
    'employee',
    'specialist',
    'stylist',
    'provider',
    'therapist',
    'сотрудник',
    'мастер',
    'mitarbeiter',
  ],
};
const service: ImportField = {
  name: 'serviceCode',
  type: 'code',
  required: true,
  aliases: ['servicecode', 'service', 'treatment', 'услуга', 'кодуслуги', 'leistung'],
};
const date: ImportField = {
  name: 'date',
  type: 'date',
  required: true,
  aliases: ['date', 'day', 'bookingdate', 'appointmentdate', 'datetime', 'дата', 'datum'],
};
const optional = (field: ImportField): ImportField => ({
  name: field.name,
  type: field.type,
  aliases: field.aliases,
});
const text = (name: string, ...aliases: string[]): ImportField => ({ name, type: 'text', aliases });
const amount = (name: string, ...aliases: string[]): ImportField => ({ name, type: 'decimal', aliases });
const code = (...aliases: string[]): ImportField => ({
  name: 'code',
  type: 'code',
  required: true,
  aliases: ['code', 'id', 'number', 'sku', 'код', 'артикул', ...aliases],
});
const isActive: ImportField = {
  name: 'isActive',
  type: 'flag',
  aliases: ['isactive', 'active', 'enabled', 'активен'],
};
const price = amount('price', 'price', 'listprice', 'цена', 'preis');
const category = text('category', 'category', 'cate', 'group', 'категория', 'kategorie');

export const importFields: Record<ImportKind, readonly ImportField[]> = {
  services: [
    code('servicecode'),
    text('name', 'name', 'desc', 'description', 'service', 'title', 'название', 'bezeichnung'),
    category,
    price,
    { name: 'minutes', type: 'minutes', aliases: ['minutes', 'duration', 'length', 'длительность', 'dauer'] },
    isActive,
  ],
  products: [
    code('productcode', 'barcode'),
    text('name', 'name', 'desc', 'description', 'product', 'название', 'bezeichnung'),
    text('supplier', 'supplier', 'vendor', 'поставщик', 'lieferant'),
    text('brand', 'brand', 'бренд', 'marke'),
    category,
    price,
    amount('cost', 'cost', 'purchaseprice', 'себестоимость'),
    amount('onHand', 'onhand', 'stock', 'quantity', 'остаток', 'bestand'),
    amount('minimum', 'minimum', 'min', 'минимум'),
    amount('maximum', 'maximum', 'max', 'максимум'),
    isActive,
  ],
  staff: [
    { ...staff, aliases: [...staff.aliases, 'name', 'staffname', 'имя'] },
    text('title', 'title', 'role', 'position', 'должность'),
  ],
  clients: [
    { ...client, required: true, aliases: [...client.aliases, 'id', 'number', 'cardnumber', 'код'] },
    text('firstName', 'firstname', 'givenname', 'first', 'имя', 'vorname'),
    text('lastName', 'lastname', 'surname', 'familyname', 'last', 'фамилия', 'nachname'),
    text('fullName', 'name', 'fullname', 'clientname', 'фио'),
    text('email', 'email', 'mail', 'emailaddress', 'почта'),
    text('phone', 'phone', 'mobile', 'telephone', 'cell', 'телефон', 'telefon'),
    {
      name: 'birthDate',
      type: 'date',
      aliases: ['birthdate', 'birthday', 'dateofbirth', 'dob', 'деньрождения', 'geburtsdatum'],
    },
    text('note', 'note', 'notes', 'comment', 'remarks', 'комментарий'),
  ],
  bookings: [
    client,
    staff,
    service,
    date,
    {
      name: 'time',
      type: 'time',
      aliases: ['time', 'start', 'starttime', 'starts', 'from', 'время', 'uhrzeit'],
    },
    { name: 'minutes', type: 'minutes', aliases: ['minutes', 'duration', 'length', 'длительность', 'dauer'] },
    { name: 'endTime', type: 'time', aliases: ['end', 'endtime', 'ends', 'to', 'until', 'конец'] },
  ],
  cancellations: [
    { ...date, aliases: ['bookingdate', 'appointmentdate', 'visitdate', 'датавизита', 'date', 'дата'] },
    client,
    optional(service),
    optional(staff),
    {
      name: 'cancelledOn',
      type: 'date',
      aliases: ['canceldate', 'cancelledon', 'canceledon', 'cancellationdate', 'датаотмены'],
    },
    text('cancelledBy', 'canceledby', 'cancelledby', 'by', 'ктоотменил'),
    { name: 'daysBefore', type: 'days', aliases: ['days', 'daysbefore', 'notice', 'дней'] },
  ],
  no_shows: [date, client, optional(service), optional(staff)],
  receipts: [
    text(
      'receiptNumber',
      'receipt',
      'receiptnumber',
      'invoice',
      'invoicenumber',
      'чек',
      'номерчека',
      'rechnung',
    ),
    { ...date, aliases: [...date.aliases, 'receiptdate', 'paidon'] },
    text('description', 'description', 'item', 'service', 'product', 'desc', 'описание', 'позиция'),
    client,
    optional(staff),
    amount('quantity', 'quantity', 'qty', 'count', 'количество', 'menge'),
    { ...amount('amount', 'amount', 'net', 'price', 'total', 'sum', 'сумма', 'betrag'), required: true },
  ],
};

/** Columns of a receipt that are taxes, each kept under its own name. */
const taxAliases = ['gst', 'pst', 'hst', 'qst', 'vat', 'tax', 'mwst', 'ust', 'ндс', 'налог'];
/** What gives a kind away, and what a kind never has. */
const telling: Record<ImportKind, { has: readonly string[]; not: readonly string[]; file: RegExp }> = {
  services: { has: ['price'], not: ['onHand', 'date', 'supplier'], file: /servic|услуг|leistung/i },
  products: { has: ['onHand', 'supplier', 'brand'], not: ['date'], file: /product|stock|товар|artikel/i },
  staff: {
    has: ['title'],
    not: ['date', 'price', 'serviceCode'],
    file: /staff|employee|сотрудник|mitarbeiter/i,
  },
  clients: {
    has: ['email', 'phone', 'lastName', 'birthDate'],
    not: ['price', 'serviceCode'],
    file: /client|customer|guest|клиент|kund/i,
  },
  bookings: {
    has: ['time', 'minutes', 'endTime'],
    not: ['amount', 'cancelledOn'],
    file: /booking|appointment|визит|запис|termin/i,
  },
  cancellations: {
    has: ['cancelledOn', 'cancelledBy', 'daysBefore'],
    not: ['time', 'amount'],
    file: /cancel|отмен|storn/i,
  },
  no_shows: { has: [], not: ['time', 'amount', 'cancelledOn', 'cancelledBy'], file: /no.?show|неяв/i },
  receipts: {
    has: ['receiptNumber', 'amount', 'quantity'],
    not: ['time', 'onHand'],
    file: /receipt|invoice|sale|чек|продаж|rechnung/i,
  },
};

export const bareName = (column: string): string => column.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Which column is which field: the earliest alias wins, no column serves twice. */
export function guessColumns(kind: ImportKind, header: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  const used = new Set<string>();
  const ranked = importFields[kind]
    .flatMap((field) =>
      header.flatMap((column) => {
        const rank = field.aliases.indexOf(bareName(column));
        return rank < 0 ? [] : [{ field: field.name, column, rank }];
      }),
    )
    .sort((a, b) => a.rank - b.rank);
  for (const { field, column } of ranked) {
    if (found[field] !== undefined || used.has(column)) continue;
    found[field] = column;
    used.add(column);
  }
  return found;
}

export const guessTaxColumns = (header: readonly string[]): string[] =>
  header.filter((column) => taxAliases.includes(bareName(column)));

/** The kind a header (and a file's name) looks most like; null where nothing required is found. */
export function guessKind(header: readonly string[], fileName: string): ImportKind | null {
  let best: { kind: ImportKind; score: number } | null = null;
  for (const kind of importKinds) {
    const columns = guessColumns(kind, header);
    const required = importFields[kind].filter((field) => field.required);
    if (!required.every(({ name }) => columns[name] !== undefined)) continue;
    const { has, not, file } = telling[kind];
    const foreign = importKinds
      .flatMap((other) => importFields[other])
      .filter(({ name }) => not.includes(name));
    const contrary = header.filter((column) =>
      foreign.some(
        ({ aliases }) => aliases.includes(bareName(column)) && !Object.values(columns).includes(column),
      ),
    );
    const score =
      required.length +
      2 * has.filter((name) => columns[name] !== undefined).length -
      1.5 * contrary.length +
      0.2 * Object.keys(columns).length +
      (file.test(fileName) ? 3 : 0);
    if (!best || score > best.score) best = { kind, score };
  }
  return best?.kind ?? null;
}
