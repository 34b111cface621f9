"""`python -m validator` is the command."""

import sys

from validator.cli import main

sys.exit(main())
