import { describe, expect, it } from 'vitest';
import {
  canGuestBecome,
  drawingModeOf,
  type GuestStatus,
  guestModes,
  guestStatuses,
  inviteExpiry,
  inviteFault,
  isGuestStatus,
  livesOn,
  mayChangeGuest,
  maySteerGuests,
  nextGuestStatuses,
} from '../../src/domain/scheme/consultation.ts';
import { drawingModes } from '../../src/domain/scheme/wire.ts';

const shown = Date.UTC(2026, 10, 23, 9);
const expiresAt = inviteExpiry(shown);

describe('an invitation', () => {
  it('is good for two minutes', () => {
    expect(inviteFault({ expiresAt, usedAt: null }, shown)).toBeNull();
    expect(inviteFault({ expiresAt, usedAt: null }, shown + 119_999)).toBeNull();
    expect(inviteFault({ expiresAt, usedAt: null }, shown + 120_000)).toBe('expired');
  });

  it('is good for one device', () => {
    expect(inviteFault({ expiresAt, usedAt: shown + 1 }, shown + 2)).toBe('used');
    expect(inviteFault({ expiresAt, usedAt: shown + 1 }, shown + 600_000)).toBe('used');
  });
});

describe('a guest', () => {
  it('goes from waiting to any mode, between modes, and out for good', () => {
    for (const mode of guestModes) {
      expect(canGuestBecome('waiting', mode)).toBe(true);
      expect(canGuestBecome(mode, 'waiting')).toBe(false);
      expect(canGuestBecome('ended', mode)).toBe(false);
      for (const other of guestModes) expect(canGuestBecome(mode, other)).toBe(mode !== other);
    }
    for (const status of guestStatuses) expect(canGuestBecome(status, 'ended')).toBe(status !== 'ended');
    expect(nextGuestStatuses('ended')).toEqual([]);
  });

  it('has a socket by their mode, and none before or after', () => {
    expect(guestStatuses.map(drawingModeOf)).toEqual([null, 'watch', 'point', 'draw', null]);
    expect(guestModes).toEqual(drawingModes);
    expect(isGuestStatus('draw')).toBe(true);
    expect(isGuestStatus('toString')).toBe(false);
  });

  it('is steered by the staff who may draw', () => {
    const kinds = ['staff', 'client', 'guest'] as const;
    const steering = kinds.flatMap((kind) =>
      drawingModes.filter((mode) => maySteerGuests({ kind, mode })).map((mode) => [kind, mode]),
    );
    expect(steering).toEqual([['staff', 'draw']]);
  });

  it('raises themselves to nothing, and may leave', () => {
    const self = { kind: 'guest', mode: 'draw' } as const;
    const steps = guestStatuses.flatMap((from) =>
      guestStatuses
        .filter((to) => mayChangeGuest(self, true, from, to))
        .map((to): [GuestStatus, GuestStatus] => [from, to]),
    );
    expect(steps).toEqual([
      ['waiting', 'ended'],
      ['watch', 'ended'],
      ['point', 'ended'],
      ['draw', 'ended'],
    ]);
    expect(mayChangeGuest(self, false, 'watch', 'ended')).toBe(false);
    expect(mayChangeGuest({ kind: 'staff', mode: 'draw' }, false, 'watch', 'draw')).toBe(true);
    expect(mayChangeGuest({ kind: 'staff', mode: 'draw' }, false, 'ended', 'draw')).toBe(false);
  });

  it('is out when the scheme is no draft any more', () => {
    expect(livesOn('draft')).toBe(true);
    expect(livesOn('finished') || livesOn('cancelled')).toBe(false);
  });
});
