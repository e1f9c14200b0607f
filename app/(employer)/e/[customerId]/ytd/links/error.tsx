"use client";

import { ReadError, type ReadErrorProps } from "@/components/layout/read-error";

export default function YtdError(props: Pick<ReadErrorProps, "error" | "reset">) {
  return (
    <ReadError
      {...props}
      title="The wages could not be read"
      means="Nothing is lost: the statements are in the database."
    />
  );
}
