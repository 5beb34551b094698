import { configureGlobal } from "fast-check";

configureGlobal({ seed: 20251103 });
