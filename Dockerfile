# docker build -t predeploy .
# docker run --rm --network none -v "$PWD:/src:ro" predeploy infra
FROM python:3.11-slim AS build
WORKDIR /build
COPY pyproject.toml README.md LICENSE ./
COPY validator validator
COPY rules rules
RUN python -m venv --without-pip /opt/predeploy \
    && pip --python /opt/predeploy/bin/python install --no-cache-dir .

FROM python:3.11-slim
# What only reads needs no installer, and no rights.
RUN python -m pip uninstall --yes --root-user-action=ignore pip \
    && useradd --create-home --uid 10001 predeploy
COPY --from=build /opt/predeploy /opt/predeploy
ENV PATH=/opt/predeploy/bin:$PATH
USER 10001
# The tables of a newer HCL grammar than the shipped one are made once, here, and not in every run.
RUN cd "$(mktemp -d)" && printf 'resource "aws_flow_log" "a" {}\n' > main.tf \
    && validate --exit-zero --quiet . > /dev/null
WORKDIR /src
ENTRYPOINT ["validate"]
