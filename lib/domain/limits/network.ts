import { isIPv6 } from "node:net";

/** The network that a limit counts for: a person's IPv6 addresses share their first 64 bits. */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip;
  if (ip.startsWith("::ffff:")) return ip.slice(7);
  const [head = "", tail] = ip.split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail?.split(":").filter(Boolean) ?? [];
  const gap = tail === undefined ? 0 : 8 - left.length - right.length;
  return [...left, ...Array<string>(gap).fill("0"), ...right].slice(0, 4).join(":");
}
