"""`python -m validator` is the command."""

import sys

from validator.entry import main

sys.exit(main())
