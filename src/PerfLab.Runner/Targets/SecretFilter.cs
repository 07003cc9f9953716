using System.Buffers;
using System.Text;
using PerfLab.Experiments.Secrets;

namespace PerfLab.Runner.Targets;

/// <summary>Takes known secrets out of what a process prints, also where one comes in two pieces.</summary>
internal sealed class SecretFilter
{
    private static readonly byte[] s_mask = Encoding.UTF8.GetBytes(SecretText.Mask);

    // The longest first, so that none leaves the end of another.
    private readonly byte[][] _secrets = [.. KnownSecrets.Values.Select(Encoding.UTF8.GetBytes)];
    private readonly SearchValues<byte> _begins;
    private byte[] _held = [];

    /// <summary>Begins with the secrets that are known now.</summary>
    public SecretFilter() => _begins = SearchValues.Create([.. _secrets.Select(secret => secret[0]).Distinct()]);

    /// <summary>Gets the text that may be shown so far; the beginning of what may become a secret is held back.</summary>
    /// <param name="text">What was printed next.</param>
    public byte[] Next(ReadOnlySpan<byte> text)
    {
        if (_secrets.Length == 0)
        {
            return text.ToArray();
        }

        byte[] all = [.. _held, .. text];
        var shown = new MemoryStream(all.Length);
        var at = 0;
        while (at < all.Length)
        {
            // Most of what a service prints begins no secret, and it is printed while measurements run.
            var quiet = all.AsSpan(at).IndexOfAny(_begins);
            shown.Write(all.AsSpan(at, quiet < 0 ? all.Length - at : quiet));
            at = quiet < 0 ? all.Length : at + quiet;
            if (quiet < 0)
            {
                break;
            }

            var rest = all.AsSpan(at);
            if (MatchAt(rest) is { } secret)
            {
                shown.Write(s_mask);
                at += secret.Length;
            }
            else if (IsBeginning(rest))
            {
                break;
            }
            else
            {
                shown.WriteByte(all[at++]);
            }
        }

        _held = all[at..];
        return shown.ToArray();
    }

    /// <summary>Gets what was held back, at the end of the output.</summary>
    public byte[] End()
    {
        var held = _held;
        _held = [];
        return held;
    }

    private byte[]? MatchAt(ReadOnlySpan<byte> text)
    {
        foreach (var secret in _secrets)
        {
            if (text.StartsWith(secret))
            {
                return secret;
            }
        }

        return null;
    }

    private bool IsBeginning(ReadOnlySpan<byte> text)
    {
        foreach (var secret in _secrets)
        {
            if (text.Length < secret.Length && secret.AsSpan().StartsWith(text))
            {
                return true;
            }
        }

        return false;
    }
}
