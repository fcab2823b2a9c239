/** Jest's global tear-down. */
import { letGo } from './database-server.mjs';

export default letGo;
