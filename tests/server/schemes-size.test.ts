/** Saving is thrifty: a finished scheme of 200 strokes and 30 marks takes at most 150 kB, its picture 60 kB. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import sharp from 'sharp';
import { withClient } from '../../scripts/migrate.ts';
import type { SchemeRecord } from '../../src/domain/scheme/marks.ts';
import { readPictureFile } from '../../src/server/schemes/finished-file.ts';
import { openScheme } from '../../src/server/schemes/open.ts';
import { finishScheme } from '../../src/server/schemes/finish.ts';
import { by } from '../support/by.ts';
import { fileDatabase } from '../support/database.ts';
import { type Bench, openBench } from '../support/people.ts';
import {
  draw,
  injection,
  makeSchemeStage,
  opened,
  type SchemeStage,
  stroke,
  valueOf,
} from '../support/scheme-stage.ts';

const database = fileDatabase(20);
let bench: Bench;
let stage: SchemeStage;
beforeAll(async () => {
  bench = await openBench(database());
  stage = await makeSchemeStage(bench);
});
afterAll(() => bench.stop());

/** A hand's line as the editor keeps it: some forty points, rounded to hundredths, with the pen's pressure. */
function handLine(random: () => number): { x: number; y: number; z: number }[] {
  const count = 20 + Math.floor(random() * 40);
  let [x, y, heading, pressure] = [0, 0, random() * 6.28, 0.5];
  return Array.from({ length: count }, () => {
    heading += (random() - 0.5) * 0.7;
    const step = 2 + random() * 6;
    x += Math.cos(heading) * step;
    y += Math.sin(heading) * step;
    pressure = Math.min(1, Math.max(0.1, pressure + (random() - 0.5) * 0.1));
    return {
      x: Math.round(x * 100) / 100,
      y: Math.round(y * 100) / 100,
      z: Math.round(pressure * 100) / 100,
    };
  });
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

it('of 200 strokes and 30 marks', async () => {
  const random = seeded(7);
  const place = () => ({
    x: Math.round(random() * 80_000) / 100 + 100,
    y: Math.round(random() * 110_000) / 100 + 50,
  });
  const records: SchemeRecord[] = Array.from({ length: 200 }, (_, n) => {
    const { x, y } = place();
    return stroke(`stroke${n}-Zx${Math.floor(random() * 1e9)}`, handLine(random), x, y);
  });
  for (let n = 0; n < 30; n++) {
    const { x, y } = place();
    const given = { productId: stage.botox, productName: 'Botox', dose: 2.5, unit: 'U' as const };
    records.push(injection(`mark${n}-Qy${Math.floor(random() * 1e9)}`, given, x, y));
  }
  const schemeId = await opened(bench, stage);
  await draw(bench, stage, schemeId, records);
  valueOf(await by(finishScheme, bench.deps, stage.anna, schemeId));
  const { rows } = await withClient(database().ownerUrl, (client) =>
    client.query<Record<string, number>>(
      `SELECT pg_column_size(records)::int AS records, pg_column_size(state)::int AS state, pg_column_size(svg)::int AS svg,
         pg_column_size(png)::int AS png, pg_column_size(difference)::int AS difference, length(png)::int AS png_bytes,
         (SELECT sum(pg_column_size(b))::int FROM scheme_beside b WHERE b.scheme_id = r.scheme_id) AS beside,
         (SELECT sum(pg_column_size(d))::int FROM scheme_dose d WHERE d.scheme_id = r.scheme_id) AS doses,
         (SELECT coalesce(sum(pg_column_size(s)), 0)::int FROM scheme_state s WHERE s.scheme_id = r.scheme_id) AS live_state,
         (SELECT coalesce(sum(pg_column_size(h)), 0)::int FROM scheme_step h WHERE h.scheme_id = r.scheme_id) AS history,
         (SELECT coalesce(sum(pg_column_size(w)), 0)::int FROM scheme_writer w WHERE w.scheme_id = r.scheme_id) AS writers,
         (SELECT coalesce(sum(pg_column_size(u)), 0)::int FROM scheme_update u WHERE u.scheme_id = r.scheme_id) AS updates
       FROM scheme_revision r WHERE scheme_id = $1`,
      [schemeId],
    ),
  );
  const size = rows[0] ?? {};
  const { png_bytes: pngBytes = Infinity, png = 0, ...rest } = size;
  const kept = Object.values(rest).reduce((sum, bytes) => sum + bytes, 0);
  console.log(JSON.stringify({ ...size, kept }));
  expect(png).toBeGreaterThan(0);
  expect(pngBytes).toBeLessThanOrEqual(60_000);
  expect(kept).toBeLessThanOrEqual(150_000);
});

it('on a photograph, which is kept once and shown in every picture of it', async () => {
  const [width, height] = [1_600, 1_200];
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 };
  const bytes = await sharp({ create: { width, height, channels: 3, background: '#888888', noise } })
    .webp({ quality: 80 })
    .toBuffer();
  const { id: pictureId } = await bench.db.picture.create({
    data: {
      id: randomUUID(),
      kind: 'photograph',
      clientId: stage.clientId,
      contentType: 'image/webp',
      bytes: new Uint8Array(bytes),
      preview: new Uint8Array([1]),
      widthPx: width,
      heightPx: height,
      sha256: new Uint8Array(32),
      createdBy: stage.anna.accountId,
      createdAt: new Date(),
    },
  });
  const backdrop = { kind: 'picture' as const, pictureId };
  const wish = { clientId: stage.clientId, visitId: null, backdrop, title: '', underSchemeId: null };
  const { schemeId } = valueOf(await by(openScheme, bench.deps, stage.anna, wish));
  await draw(bench, stage, schemeId, [injection('one', null)]);
  valueOf(await by(finishScheme, bench.deps, stage.anna, schemeId));
  const kept = await bench.db.schemeRevision.findFirstOrThrow({ where: { schemeId } });
  expect(kept.png.length).toBeLessThanOrEqual(60_000);
  expect(kept.svg.length).toBeLessThan(4_000);
  const picture = (form: 'picture.svg' | 'thumbnail.png') =>
    by(readPictureFile, bench.db, stage.anna, { schemeId, number: 1, form });
  const svg = new TextDecoder().decode((await picture('picture.svg'))?.bytes);
  expect(svg).toContain(`href="data:image/webp;base64,${bytes.toString('base64').slice(0, 200)}`);
  // Not paper: the photograph is in what was drawn from it.
  const { channels } = await sharp((await picture('thumbnail.png'))?.bytes).stats();
  expect(channels[0]?.mean).toBeLessThan(200);
  expect(await bench.db.schemeDose.count({ where: { schemeId } })).toBe(0);
});
