"use client";

import { ReadError, type ReadErrorProps } from "@/components/layout/read-error";

export default function PaymentError(props: Pick<ReadErrorProps, "error" | "reset">) {
  return (
    <ReadError
      {...props}
      title="The payment could not be read"
      means="Nothing is lost: the data is in the database."
    />
  );
}
