"use client";

import { ReadError, type ReadErrorProps } from "@/components/layout/read-error";

export default function TeamError(props: Pick<ReadErrorProps, "error" | "reset">) {
  return <ReadError {...props} title="The team could not be read" means="Nobody's access changed." />;
}
