import { Foundations0001 } from './0001-foundations';
import { Access0002 } from './0002-access';
import { Families0003 } from './0003-families';
import { ClocksAndMail0004 } from './0004-clocks-and-mail';
import { Search0005 } from './0005-search';
import { Hub0006 } from './0006-hub';
import { Reports0010 } from './0010-reports';
import { AccessIndexes0011 } from './0011-access';
import { Worklist0014 } from './0014-worklist';
import { Assessments0030 } from './0030-assessments';
import { DocumentsAndLetters0031 } from './0031-documents-and-letters';
import { CarersAndConstellations0040 } from './0040-carers-and-constellations';
import { ConstellationLife0041 } from './0041-constellation-life';
import { SavedReports0050 } from './0050-saved-reports';
import { Forecasts0080 } from './0080-forecasts';
import { Upkeep0060 } from './0060-upkeep';
import { ConflictsAndCorrections0075 } from './0075-conflicts-and-corrections';
import { FilesFollowCorrections0076 } from './0076-files-follow-corrections';
import { AssessorsHandOver0077 } from './0077-assessors-hand-over';
import { Standings0085 } from './0085-standings';
import { TellingOfEachDecision0090 } from './0090-telling-of-each-decision';
import { LimitsOfConstellations0091 } from './0091-limits-of-constellations';
import { PlacesToCome0092 } from './0092-places-to-come';
import { Ethnicity0098 } from './0098-ethnicity';
import { LimitsWait0099 } from './0099-limits-wait';

/** Every migration, in the order in which they run. */
export const MIGRATIONS = [Foundations0001, Access0002, Families0003, ClocksAndMail0004, Search0005, Hub0006, Reports0010, AccessIndexes0011, Worklist0014, Assessments0030, DocumentsAndLetters0031, CarersAndConstellations0040, ConstellationLife0041, SavedReports0050, Forecasts0080, ConflictsAndCorrections0075, FilesFollowCorrections0076, AssessorsHandOver0077, Upkeep0060, Standings0085, TellingOfEachDecision0090, LimitsOfConstellations0091, PlacesToCome0092, Ethnicity0098, LimitsWait0099];
