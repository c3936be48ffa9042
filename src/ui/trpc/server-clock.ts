/** The server's clock as its answers tell it: a device that is minutes off must not see a hold end early or late. */
let aheadMs = 0;

/** Takes the `Date` header of an answer, which counts whole seconds: half of one is the best guess for the rest. */
export function noteServerTime(header: string | null, receivedAt = Date.now()): void {
  const told = header === null ? Number.NaN : Date.parse(header);
  if (Number.isNaN(told)) return;
  const difference = told + 500 - receivedAt;
  // Within a second the header says nothing that the device doesn't know better.
  aheadMs = Math.abs(difference) < 1500 ? 0 : difference;
}

/** Epoch milliseconds on the server's clock. */
export const serverNow = (): number => Date.now() + aheadMs;
