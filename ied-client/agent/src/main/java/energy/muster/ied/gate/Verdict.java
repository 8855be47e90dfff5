// SPDX-License-Identifier: Apache-2.0
package energy.muster.ied.gate;

import energy.muster.refusal.Refusal;
import java.util.Objects;

/** What becomes of a delivery. */
public sealed interface Verdict {
  /** To be carried out. */
  record Accepted(Admission admission) implements Verdict {
    public Accepted {
      Objects.requireNonNull(admission);
    }
  }

  /** Allowed, and not yet its time: to be judged again when it is. */
  record Postponed(Admission admission) implements Verdict {
    public Postponed {
      Objects.requireNonNull(admission);
    }
  }

  /** Refused for good, with a signed outcome. */
  record Declined(Admission admission, Refusal refusal) implements Verdict {
    public Declined {
      Objects.requireNonNull(admission);
      Objects.requireNonNull(refusal);
    }
  }

  /** Seen before: what was answered then is answered again, and nothing else is done. */
  record Repeated(Admission admission) implements Verdict {
    public Repeated {
      Objects.requireNonNull(admission);
    }
  }

  /** Not a command of this site to this device that one could sign an outcome for. */
  record Unheeded(Refusal refusal) implements Verdict {
    public Unheeded {
      Objects.requireNonNull(refusal);
    }
  }
}
