"use client";

import { ReadError, type ReadErrorProps } from "@/components/layout/read-error";

export default function DocumentsError(props: Pick<ReadErrorProps, "error" | "reset">) {
  return (
    <ReadError
      {...props}
      title="The tax forms could not be read"
      means="Nothing is lost: the data is in the database."
    />
  );
}
