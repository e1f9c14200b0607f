import { SheetPage } from "@/components/layout/sheet-page";
import type { Environment } from "@/components/ui/badge";
import { ThreeParts } from "@/components/ui/three-parts";

/** A network that opens links by the dozen: guessing, or an office behind one address. */
export function TooManyLinks({ refusal, environment }: { refusal: string; environment: Environment }) {
  return (
    <SheetPage title="Wait a moment" environment={environment}>
      <ThreeParts
        what={refusal}
        means="Your link was neither used nor spent."
        todo="Open it again after that time, in the browser where you asked for it."
      />
    </SheetPage>
  );
}
