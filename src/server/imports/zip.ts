/** Whether a zip is whole, before anything is trusted to unpack it: every part is there, unpacks, and has its checksum. */
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { UnreadableFile } from './unreadable.ts';

const maxDirectoryBytes = 4_000_000;
const endSignature = Buffer.from('PK\u0005\u0006', 'latin1');

interface Entry {
  name: string;
  method: number;
  isEncrypted: boolean;
  crc: number;
  packedBytes: number;
  bytes: number;
  headerAt: number;
}

const broken = (): UnreadableFile => new UnreadableFile('workbook');

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw broken();
  return buffer;
}

/** Figures too large for 32 bits stand in an extra field, in this order, where the short ones are all ones. */
function longFigures(extra: Buffer, short: readonly number[]): number[] {
  let at = 0;
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1) at += 4 + extra.readUInt16LE(at + 2);
  let next = at + 4;
  return short.map((figure) => {
    if (figure !== 0xffffffff) return figure;
    if (next + 8 > extra.length) throw broken();
    next += 8;
    return Number(extra.readBigUInt64LE(next - 8));
  });
}

/** The parts a zip's directory names. */
async function entriesOf(file: FileHandle): Promise<Entry[]> {
  const { size } = await file.stat();
  const tailBytes = Math.min(size, 66_000);
  const tail = await readAt(file, size - tailBytes, tailBytes);
  const end = tail.lastIndexOf(endSignature);
  if (end < 0 || end + 22 > tail.length) throw broken();
  const directoryBytes = tail.readUInt32LE(end + 12);
  const directoryAt = tail.readUInt32LE(end + 16);
  if (directoryBytes > maxDirectoryBytes || directoryAt + directoryBytes > size) throw broken();
  const directory = await readAt(file, directoryAt, directoryBytes);
  const entries: Entry[] = [];
  for (let at = 0; at < directory.length; ) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50) throw broken();
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    const short = [
      directory.readUInt32LE(at + 24),
      directory.readUInt32LE(at + 20),
      directory.readUInt32LE(at + 42),
    ];
    const [bytes = 0, packedBytes = 0, headerAt = 0] = longFigures(
      directory.subarray(nameEnd, extraEnd),
      short,
    );
    entries.push({
      name: directory.toString('utf8', at + 46, nameEnd),
      method: directory.readUInt16LE(at + 10),
      isEncrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      crc: directory.readUInt32LE(at + 16),
      packedBytes,
      bytes,
      headerAt,
    });
    at = extraEnd + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function unpack(path: string, file: FileHandle, entry: Entry, maxBytes: number): Promise<number> {
  if (entry.isEncrypted || (entry.method !== 0 && entry.method !== 8)) throw broken();
  const header = await readAt(file, entry.headerAt, 30);
  if (header.readUInt32LE(0) !== 0x04034b50) throw broken();
  if (entry.packedBytes === 0) return 0;
  const from = entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = createReadStream(path, { start: from, end: from + entry.packedBytes - 1 });
  const plain = entry.method === 8 ? packed.pipe(createInflateRaw()) : packed;
  packed.on('error', (error) => plain.destroy(error));
  let bytes = 0;
  let crc = 0;
  for await (const chunk of plain) {
    if (!(chunk instanceof Buffer)) throw broken();
    bytes += chunk.length;
    if (bytes > maxBytes) throw new UnreadableFile('too_large');
    crc = crc32(chunk, crc);
  }
  if (bytes !== entry.bytes || crc !== entry.crc) throw broken();
  return bytes;
}

/** Throws `workbook` unless every part unpacks to what the directory says, and `too_large` beyond `maxBytes` in all. */
export async function checkZip(path: string, maxBytes: number): Promise<void> {
  const file = await open(path, 'r');
  try {
    const entries = await entriesOf(file);
    if (!entries.some(({ name }) => name === 'xl/workbook.xml')) throw broken();
    let left = maxBytes;
    for (const entry of entries) left -= await unpack(path, file, entry, left);
  } catch (error) {
    throw error instanceof UnreadableFile ? error : broken();
  } finally {
    await file.close();
  }
}
