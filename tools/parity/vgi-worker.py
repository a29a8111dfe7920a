"""A worker of vgi-python without functions: what it says of its protocol does not depend on them."""

from vgi.worker import Worker


class EmptyWorker(Worker):
    catalog_name = "empty"
    functions = []


if __name__ == "__main__":
    EmptyWorker.main()
