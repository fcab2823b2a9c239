import type { NextStep } from '@app/journeys';

/** The form that a next step most likely leads to: its button stands first. */
export function likeliestForm(step: NextStep): 'contact' | 'move' | 'route' | 'resume' {
  switch (step) {
    case 'ring_back':
    case 'arrange_initial_application':
    case 'arrange_home_visit':
    case 'invite_application':
      return 'contact';
    case 'complete_stage_1':
    case 'start_stage_2':
    case 'go_to_panel':
    case 'record_decision':
      return 'move';
    case 'route_enquiry':
      return 'route';
    case 'return_from_hold':
      return 'resume';
  }
}
