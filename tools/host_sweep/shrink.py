"""The smallest set of faults that still breaks a host: delta debugging (Zeller and Hildebrandt, ddmin)."""


def shrink(faults, breaks):
    """`breaks(list of tuples)` says of each set of faults whether it breaks the host; `faults` do.

    The result breaks it too, and none of its faults may be left out.
    """
    current, parts = tuple(faults), 2
    while len(current) > 1:
        chunks = split(current, parts)
        # With two chunks the rest of one is the other.
        rests = [leave_out(chunks, i) for i in range(len(chunks))] if len(chunks) > 2 else []
        smaller = first_that(chunks + rests, breaks)
        if smaller is not None:
            parts = 2 if smaller in chunks else max(parts - 1, 2)
            current = smaller
        elif parts >= len(current):
            break
        else:
            parts = min(2 * parts, len(current))
    return current


def split(faults, parts):
    size, longer = divmod(len(faults), min(parts, len(faults)))
    chunks, start = [], 0
    while start < len(faults):
        end = start + size + (len(chunks) < longer)
        chunks.append(faults[start:end])
        start = end
    return chunks


def leave_out(chunks, i):
    return tuple(fault for j, chunk in enumerate(chunks) if j != i for fault in chunk)


def first_that(sets, breaks):
    return next((one for one, is_broken in zip(sets, breaks(sets)) if is_broken), None)
