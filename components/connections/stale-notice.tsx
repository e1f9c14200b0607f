import { Banner } from "@/components/ui/banner";
import { formatInstant } from "@/lib/format/dates";

/** What is on the page is old, because asking again does not work. */
export function StaleNotice({ now, zone }: { now: string; zone: string }) {
  return (
    <Banner
      className="mb-[18px]"
      tone="attention"
      role="status"
      title={`This page shows how it was at ${formatInstant(now, zone, { seconds: true })}`}
      means="Perch did not answer when the page asked for news, or you were signed out."
      todo="It keeps asking. If this stays, check the network and load the page again."
    />
  );
}
