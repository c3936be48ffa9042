/** The client's network address, through exactly as many proxies as were configured: anything further left is forged. */
export function clientAddress(headers: Headers, trustedProxies: number): string | null {
  if (trustedProxies === 0) return null;
  const hops = (headers.get('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim());
  return hops[hops.length - trustedProxies] || null;
}
