import { FinchError } from "@/sandbox/errors";

/** A body that is not what the document says. */
export const invalidBenefit = (message: string) =>
  new FinchError(400, "invalid_request_error", message, "invalid_request");

/** Enrolling has words of its own for the same (Finch: OpenAPI document, "Malformed Request"). */
export const malformedRequest = (message: string) =>
  new FinchError(400, "bad_request_error", message, "malformed_request");

/** What the provider cannot do. The document's example misspells the code; the table of errors does not. */
export const unsupportedParameters = (message: string) =>
  new FinchError(422, "unprocessable_request_error", message, "unsupported_parameters");

/** The same where somebody is enrolled (Finch: OpenAPI document, "Cannot Enroll"). */
export const unprocessableParameters = (message: string) =>
  new FinchError(422, "unprocessable_request_error", message, "unprocessable_parameters");

export const invalidEnrollment = (message: string) =>
  new FinchError(422, "unprocessable_request_error", message, "invalid_employee_enrollment");

export const benefitNotFound = (id: string) =>
  new FinchError(404, "not_found_error", `No benefit with id ${id} found`, "benefit_not_found");
