"""`python -m service` is `regiowijzer`."""

import sys

from service.cli import main

sys.exit(main())
