import { deleteConnectionData } from "@/lib/domain/retention/delete-connection-data";
import { deleteConnectionDataJob } from "@/lib/jobs/sync";
import { defineHandler } from "../define-handler";

export default defineHandler(deleteConnectionDataJob, (payload) => deleteConnectionData(payload));
