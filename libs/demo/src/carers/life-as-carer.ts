import type { StaffActor } from '@app/access';
import { rows } from '@app/database';
import type { Result } from '@app/kernel';
import type { EntityManager } from 'typeorm';
import type { CarerDeed } from '../rules/story';
import type { useCasesOnOneClock } from '../use-cases/use-cases-on-one-clock';

/** A family on the register while its story is lived, through the use cases that people use. */
export class LifeAsCarer {
  private carerId = '';

  constructor(
    private readonly tx: EntityManager,
    private readonly useCases: Pick<ReturnType<typeof useCasesOnOneClock>, 'registerCarer' | 'keepCarer'>,
  ) {}

  async act(actor: StaffActor, journeyId: string, deed: CarerDeed, supervisorId: string): Promise<Result<unknown, unknown>> {
    const { registerCarer, keepCarer } = this.useCases;
    const { carerId } = this;
    switch (deed.kind) {
      case 'register': {
        const registered = await registerCarer.run(actor, { journeyId, agreementSignedOn: deed.on, supervisorId, beds: deed.beds, terms: deed.terms });
        if (registered.ok) this.carerId = registered.value.id;
        return registered;
      }
      case 'train':
        return keepCarer.train(actor, { carerId, on: deed.on, step: deed.step });
      case 'place':
        return keepCarer.place(actor, { carerId, on: deed.on, childReference: deed.childReference });
      case 'end_placement': {
        const [placed] = await rows<{ id: string }>(this.tx, 'SELECT id FROM carer_placements WHERE carer_id = $1 AND child_reference = $2 AND ended_on IS NULL', [carerId, deed.childReference]);
        return keepCarer.endPlacement(actor, { carerId, on: deed.on, placementId: placed?.id ?? carerId, ending: deed.ending });
      }
      case 'hold_review':
        return keepCarer.holdReview(actor, { carerId, on: deed.on, outcome: 'continue', note: null });
      case 'stop_taking':
        return keepCarer.rest(actor, { carerId, on: deed.on, until: deed.until, reason: deed.reason });
      case 'leave_fostering':
        return keepCarer.leave(actor, { carerId, on: deed.on, by: deed.by, reason: deed.reason });
    }
  }
}
