// SPDX-License-Identifier: Apache-2.0
package io.penstock.explain;

/// How many items are inside: `L = lambda * W`, and what follows from it. Pure functions; rates are
/// items per second, times nanoseconds.
public final class LittlesLaw {
    /*
     * J. D. C. Little, "A Proof for the Queuing Formula L = lambda W", Operations Research 9(3),
     * 1961. It holds for every queue in a steady state, whatever its distributions, so it needs no
     * assumption about arrivals or service; the waiting time below does.
     *
     * H. Sakasegawa, "An Approximation Formula L_q = alpha * rho^beta / (1 - rho)", Annals of the
     * Institute of Statistical Mathematics 29, 1977, with the variability factor of A. O. Allen,
     * "Probability, Statistics, and Queueing Theory", 1990 (after L. L. Cunneen). Exact for M/M/1,
     * an approximation everywhere else.
     */
    static final double NANOS = 1e9;

    private LittlesLaw() {}

    /// Items that must be in progress at once to keep up: `ceil(rate * service / utilisation)`, at
    /// least 1.
    ///
    /// @param rate items per second that are to pass
    /// @param serviceNs time that one item takes, its waiting for others included
    /// @param utilisation share of the places that may be busy, in (0, 1]; the rest absorbs bursts
    public static int inFlight(double rate, double serviceNs, double utilisation) {
        requirePositive("rate must be positive", "rate", rate);
        requirePositive("service time must be positive", "serviceNs", serviceNs);
        requireShare(utilisation);
        return whole(rate * (serviceNs / NANOS) / utilisation);
    }

    /// Items that a queue must hold to ride out a receiver that stands still for `stallNs`. More
    /// adds nothing but latency.
    public static int capacity(double rate, double stallNs) {
        requirePositive("rate must be positive", "rate", rate);
        requirePositive("stall must be positive", "stallNs", stallNs);
        return whole(rate * (stallNs / NANOS));
    }

    /// Time that an item spends in a queue that holds `occupancy` items on the average, in
    /// nanoseconds.
    public static double queueingNs(double occupancy, double rate) {
        requirePositive("rate must be positive", "rate", rate);
        return occupancy / rate * NANOS;
    }

    /// Estimated time in the queue before `workers` places that are busy for the share
    /// `utilisation`, in nanoseconds; infinite where the utilisation reaches 1.
    ///
    /// @param variability mean of the squared coefficients of variation of arrivals and services: 1
    ///   for exponential ones, 0 for a clockwork
    public static double waitingNs(
            int workers, double utilisation, double serviceNs, double variability) {
        if (workers < 1) {
            throw new IllegalArgumentException("workers must be at least 1: workers=" + workers);
        }
        if (utilisation >= 1) {
            return Double.POSITIVE_INFINITY;
        }
        requireShare(utilisation);
        double queued = Math.pow(utilisation, Math.sqrt(2.0 * (workers + 1)) - 1);
        return variability * queued / (workers * (1 - utilisation)) * serviceNs;
    }

    /// The next whole number, at least 1; what floating point adds to a whole number is ignored.
    static int whole(double value) {
        double rounded = Math.rint(value);
        boolean isWhole = Math.abs(value - rounded) <= 1e-9 * Math.max(1, Math.abs(value));
        return (int) Math.clamp(isWhole ? rounded : Math.ceil(value), 1.0, Integer.MAX_VALUE);
    }

    static void requirePositive(String rule, String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(rule + ": " + name + "=" + value);
        }
    }

    static void requireShare(double utilisation) {
        if (!(utilisation > 0 && utilisation <= 1)) {
            throw new IllegalArgumentException(
                    "utilisation must be in (0, 1]: utilisation=" + utilisation);
        }
    }
}
