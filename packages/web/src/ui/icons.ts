import {
  type Icon,
  IconActivity,
  IconAlertCircle,
  IconArrowDown,
  IconArrowUp,
  IconBaselineDensityMedium,
  IconBell,
  IconBuilding,
  IconCalendar,
  IconChartDots3,
  IconCheck,
  IconChecklist,
  IconChevronDown,
  IconChevronRight,
  IconClock,
  IconColumns3,
  IconDots,
  IconDownload,
  IconFileImport,
  IconFileText,
  IconFingerprint,
  IconFingerprintOff,
  IconHistory,
  IconHome,
  IconInfoCircle,
  IconLayoutSidebar,
  IconLink,
  IconMenu2,
  IconMessage,
  IconPencil,
  IconPlus,
  IconPrinter,
  IconSearch,
  IconShieldCheck,
  IconStack2,
  IconStopwatch,
  IconTableExport,
  IconTimeline,
  IconX,
} from '@tabler/icons-react';
import { createElement, type ReactElement } from 'react';

export type IconProps = { size?: number; className?: string };
export type IconComponent = (props: IconProps) => ReactElement;

/** One look for every icon: 16 px, stroke 1.75, silent to assistive technology because a word stands beside it (UX c). */
const icon = (Source: Icon): IconComponent => {
  const Sized = ({ size = 16, className }: IconProps): ReactElement =>
    createElement(Source, {
      size,
      stroke: 1.75,
      'aria-hidden': true,
      ...(className === undefined ? {} : { className }),
    });
  return Sized;
};

export const AlertIcon = icon(IconAlertCircle);
export const AscendingIcon = icon(IconArrowUp);
export const AssuranceIcon = icon(IconChecklist);
export const BellIcon = icon(IconBell);
export const BrokenProofIcon = icon(IconFingerprintOff);
export const CalendarIcon = icon(IconCalendar);
export const CheckIcon = icon(IconCheck);
export const ChevronDownIcon = icon(IconChevronDown);
export const ChevronRightIcon = icon(IconChevronRight);
export const ClockIcon = icon(IconClock);
export const CloseIcon = icon(IconX);
export const CommentIcon = icon(IconMessage);
export const ColumnsIcon = icon(IconColumns3);
export const ControlsIcon = icon(IconShieldCheck);
export const DensityIcon = icon(IconBaselineDensityMedium);
export const DescendingIcon = icon(IconArrowDown);
export const DocumentsIcon = icon(IconFileText);
export const DownloadIcon = icon(IconDownload);
export const ExportIcon = icon(IconTableExport);
export const FingerprintIcon = icon(IconFingerprint);
export const HistoryIcon = icon(IconHistory);
export const HomeIcon = icon(IconHome);
export const ImportIcon = icon(IconFileImport);
export const InfoIcon = icon(IconInfoCircle);
export const InventoryIcon = icon(IconStack2);
export const LinkIcon = icon(IconLink);
export const LogIcon = icon(IconTimeline);
export const MenuIcon = icon(IconMenu2);
export const MoreIcon = icon(IconDots);
export const OperationIcon = icon(IconActivity);
export const OrganisationIcon = icon(IconBuilding);
export const PencilIcon = icon(IconPencil);
export const PlusIcon = icon(IconPlus);
export const PrintIcon = icon(IconPrinter);
export const RiskIcon = icon(IconChartDots3);
export const SearchIcon = icon(IconSearch);
export const SidebarIcon = icon(IconLayoutSidebar);
export const StopwatchIcon = icon(IconStopwatch);
